package import BerthKernel

/// A link from clusters to a group, with the policy that sizes the group by what tasks need.
package struct CapacityProvider: Hashable, Codable, Sendable {
    package let name: String
    package let arn: String
    package let kind: ProviderFacts.Kind
    /// Name of the Auto Scaling group; `nil` for Fargate.
    package let group: String?
    package let createdAt: Instant
    package internal(set) var managedScaling: ManagedScaling
    /// Busy instances are protected from scale-in, empty ones released.
    package internal(set) var protectsBusyInstances: Bool
    /// Tasks are moved away before an instance goes.
    package internal(set) var drainsInstances: Bool
    package internal(set) var tags: [Tag]
    /// Names of the clusters it is associated with, in that order.
    package internal(set) var clusters: [String] = []
    /// Exists while managed scaling is on and a cluster is associated.
    package internal(set) var policy: ManagedPolicy?
    /// The last reservation published.
    package internal(set) var reservation: Reservation?
    /// The last reason not to scale, so that it is not said again each minute.
    var lastComplaint: String?

    var facts: ProviderFacts {
        ProviderFacts(name: name, kind: kind, scalesItself: managedScaling.isEnabled)
    }
}

/// The settings of managed scaling.
///
/// Step sizes bound growth only.
///
/// - AWS: ECS API Reference, *ManagedScaling*.
package struct ManagedScaling: Hashable, Codable, Sendable {
    package var isEnabled: Bool
    /// Percent of the group that tasks should use; below 100 keeps whole instances idle.
    package var targetCapacity: Int
    package var minimumStep: Int
    package var maximumStep: Int
    /// AWS seconds in which a new instance keeps the policy from growing again.
    package var warmup: Int

    package init(
        isEnabled: Bool = true, targetCapacity: Int = 100, minimumStep: Int = 1, maximumStep: Int = 10_000,
        warmup: Int = 300
    ) {
        self.isEnabled = isEnabled
        self.targetCapacity = targetCapacity
        self.minimumStep = minimumStep
        self.maximumStep = maximumStep
        self.warmup = warmup
    }

    package static let disabled = ManagedScaling(isEnabled: false)
}

/// The target tracking policy that ECS puts on the group, and its alarms.
package struct ManagedPolicy: Hashable, Codable, Sendable {
    package let id: UniqueID
    /// `ECSManagedAutoScalingPolicy-UUID`.
    package let name: String
    package let arn: String
    package let cluster: String
    package let highAlarm: String
    package let lowAlarm: String
    /// When it last made the group grow.
    package internal(set) var lastScaleOut: Instant?
    var nextReservation: Instant
}

/// What a provider is to be.
package struct ProviderSpecification: Hashable, Codable, Sendable {
    package var name: String
    /// ARN or name of the group.
    package var group: String
    /// `nil` switches managed scaling off.
    package var managedScaling: ManagedScaling?
    package var protectsBusyInstances: Bool
    package var drainsInstances: Bool
    package var tags: [Tag]

    package init(
        name: String, group: String, managedScaling: ManagedScaling? = nil, protectsBusyInstances: Bool = false,
        drainsInstances: Bool = true, tags: [Tag] = []
    ) {
        self.name = name
        self.group = group
        self.managedScaling = managedScaling
        self.protectsBusyInstances = protectsBusyInstances
        self.drainsInstances = drainsInstances
        self.tags = tags
    }
}

/// What changes about a provider; `nil` leaves a field as it is.
package struct ProviderUpdate: Hashable, Codable, Sendable {
    package var name: String
    package var managedScaling: ManagedScaling?
    package var protectsBusyInstances: Bool?
    package var drainsInstances: Bool?

    package init(
        name: String, managedScaling: ManagedScaling? = nil, protectsBusyInstances: Bool? = nil,
        drainsInstances: Bool? = nil
    ) {
        self.name = name
        self.managedScaling = managedScaling
        self.protectsBusyInstances = protectsBusyInstances
        self.drainsInstances = drainsInstances
    }
}
