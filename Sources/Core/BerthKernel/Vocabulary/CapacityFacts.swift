/// What capacity tells ECS about a provider.
public struct ProviderFacts: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case autoScalingGroup = "EC2_AUTOSCALING"
        case managedInstances = "MANAGED_INSTANCES"
        case fargate = "FARGATE"
        case fargateSpot = "FARGATE_SPOT"
    }

    public let name: String
    public let kind: Kind
    /// Whether tasks without room may wait in PROVISIONING for this provider to grow.
    public let scalesItself: Bool
    public let isActive: Bool

    public init(name: String, kind: Kind, scalesItself: Bool, isActive: Bool = true) {
        self.name = name
        self.kind = kind
        self.scalesItself = scalesItself
        self.isActive = isActive
    }
}

/// What capacity tells ECS when an instance's agent registers it with a cluster.
public struct InstanceFacts: Hashable, Codable, Sendable {
    public let instance: InstanceID
    public let cluster: String
    public let capacityProvider: String?
    public let instanceType: String
    public let zone: String
    public let resources: RegisteredResources
    /// `ecs.instance-type`, `ecs.availability-zone`, `ecs.os-type`, … and the group's own, sorted by name.
    public let attributes: [Attribute]

    public struct Attribute: Hashable, Codable, Sendable {
        public let name: String
        public let value: String?

        public init(name: String, value: String?) {
            self.name = name
            self.value = value
        }
    }

    public init(
        instance: InstanceID, cluster: String, capacityProvider: String?, instanceType: String, zone: String,
        resources: RegisteredResources, attributes: [Attribute]
    ) {
        self.instance = instance
        self.cluster = cluster
        self.capacityProvider = capacityProvider
        self.instanceType = instanceType
        self.zone = zone
        self.resources = resources
        self.attributes = attributes
    }
}

/// What ECS tells capacity each minute: tasks of one provider that wait for an instance, grouped by exactly
/// equal needs (reference, ECS 1.2.1).
public struct DemandGroup: Hashable, Codable, Sendable {
    public let needs: ResourceNeeds
    public let count: Int
    /// At most one task of the group per instance: `distinctInstance`.
    public let isDistinct: Bool

    public init(needs: ResourceNeeds, count: Int, isDistinct: Bool) {
        self.needs = needs
        self.count = count
        self.isDistinct = isDistinct
    }
}
