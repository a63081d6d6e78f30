import BerthCapacity
import BerthKernel
import OrderedCollections

// The members of EC2 Auto Scaling's shapes, spelled as in its model.

struct GroupShape: Encodable, Sendable {
    struct TagDescription: Encodable, Sendable {
        let ResourceId: String
        let ResourceType = "auto-scaling-group"
        let Key: String
        let Value: String
        let PropagateAtLaunch: Bool
    }

    struct Distribution: Encodable, Sendable {
        let CapacityDistributionStrategy = "balanced-best-effort"
    }

    let AutoScalingGroupName: String
    let AutoScalingGroupARN: String
    let LaunchTemplate: LaunchTemplateSpecificationShape?
    let MixedInstancesPolicy: MixedInstancesPolicyShape?
    let MinSize: Int
    let MaxSize: Int
    let DesiredCapacity: Int
    let DefaultCooldown: Int
    let AvailabilityZones: [String]
    let LoadBalancerNames: [String] = []
    let TargetGroupARNs: [String] = []
    let HealthCheckType: String
    let HealthCheckGracePeriod: Int
    let Instances: [GroupInstanceShape]
    let CreatedTime: Instant
    let SuspendedProcesses: [EmptyShape] = []
    let VPCZoneIdentifier: String
    let EnabledMetrics: [EmptyShape] = []
    /// Only while the group is being deleted.
    let Status: String?
    let Tags: [TagDescription]
    let TerminationPolicies: [String]
    let NewInstancesProtectedFromScaleIn: Bool
    let ServiceLinkedRoleARN: String
    let CapacityRebalance: Bool?
    let TrafficSources: [EmptyShape] = []
    let AvailabilityZoneDistribution = Distribution()

    init(_ group: AutoScalingGroup, in capacity: Capacity, includesInstances: Bool = true) {
        let specification = group.specification
        AutoScalingGroupName = group.name
        AutoScalingGroupARN = group.arn
        switch specification.launch {
        case .template(let choice):
            LaunchTemplate = LaunchTemplateSpecificationShape(choice, in: capacity)
            MixedInstancesPolicy = nil
        case .mixed(let mixed):
            LaunchTemplate = nil
            MixedInstancesPolicy = MixedInstancesPolicyShape(mixed, in: capacity)
        case nil:
            LaunchTemplate = nil
            MixedInstancesPolicy = nil
        }
        MinSize = specification.minSize
        MaxSize = specification.maxSize
        DesiredCapacity = group.desiredCapacity
        DefaultCooldown = specification.defaultCooldown
        let zones = specification.subnets.compactMap { capacity.network.zone(ofSubnet: $0) } + specification.zones
        AvailabilityZones = Set(zones).sorted()
        HealthCheckType = specification.healthCheckType
        HealthCheckGracePeriod = specification.healthCheckGracePeriod
        let members = includesInstances ? group.members.compactMap { capacity.instances[$0] } : []
        Instances = members.map { GroupInstanceShape($0, in: capacity) }
        CreatedTime = group.createdAt
        VPCZoneIdentifier = specification.subnets.joined(separator: ",")
        Status = group.isDeleting ? "Delete in progress" : nil
        Tags = specification.tags.map { tag in
            TagDescription(
                ResourceId: group.name, Key: tag.key, Value: tag.value, PropagateAtLaunch: tag.propagatesAtLaunch)
        }
        TerminationPolicies = specification.terminationPolicies.map(\.rawValue)
        NewInstancesProtectedFromScaleIn = specification.newInstancesProtected
        ServiceLinkedRoleARN =
            "arn:aws:iam::\(capacity.tenancy.account):role/aws-service-role/autoscaling.amazonaws.com/"
            + "AWSServiceRoleForAutoScaling"
        CapacityRebalance = specification.capacityRebalance ? true : nil
    }
}

struct MixedInstancesPolicyShape: Encodable, Sendable {
    struct Override: Encodable, Sendable {
        let InstanceType: String
    }

    struct Launch: Encodable, Sendable {
        let LaunchTemplateSpecification: LaunchTemplateSpecificationShape
        let Overrides: [Override]
    }

    struct Distribution: Encodable, Sendable {
        let OnDemandAllocationStrategy: String
        let OnDemandBaseCapacity: Int
        let OnDemandPercentageAboveBaseCapacity: Int
        let SpotAllocationStrategy: String
    }

    let LaunchTemplate: Launch
    let InstancesDistribution: Distribution

    init(_ mixed: MixedInstances, in capacity: Capacity) {
        LaunchTemplate = Launch(
            LaunchTemplateSpecification: LaunchTemplateSpecificationShape(mixed.template, in: capacity),
            Overrides: mixed.overrides.map(Override.init))
        InstancesDistribution = Distribution(
            OnDemandAllocationStrategy: mixed.onDemandStrategy.rawValue, OnDemandBaseCapacity: mixed.onDemandBase,
            OnDemandPercentageAboveBaseCapacity: mixed.onDemandPercentageAboveBase,
            SpotAllocationStrategy: mixed.spotStrategy)
    }
}
