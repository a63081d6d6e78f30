package import BerthKernel
package import OrderedCollections

/// A group of instances that EC2 Auto Scaling keeps at its desired capacity.
package struct AutoScalingGroup: Hashable, Codable, Sendable {
    package let arn: String
    package let createdAt: Instant
    /// What the group was created with, as updated since.
    ///
    /// Ask ``desiredCapacity`` for the desired capacity.
    package internal(set) var specification: GroupSpecification
    package internal(set) var desiredCapacity: Int
    /// Instances that are not terminated, oldest first.
    package internal(set) var members: OrderedSet<InstanceID> = []
    /// Being deleted: vanishes with its last instance.
    package internal(set) var isDeleting = false
    /// Oldest first.
    var activities: [ScalingActivity] = []
    /// Launch attempts in a row that found no capacity, and when the next one is due.
    var failedLaunches = 0
    var retryAt: Instant?
    /// The last thing that could not be done, so that it is not said again each minute.
    var lastComplaint: String?

    package var name: String { specification.name }
}

/// What a group is to be.
package struct GroupSpecification: Hashable, Codable, Sendable {
    package var name: String
    package var minSize: Int
    package var maxSize: Int
    /// `nil` stands for the minimum.
    package var desiredCapacity: Int?
    package var launch: LaunchSource?
    /// Subnets, or else zones; a group needs one of the two.
    package var subnets: [String]
    package var zones: [String]
    /// New instances start protected from scale-in: managed termination protection needs it.
    package var newInstancesProtected: Bool
    package var terminationPolicies: [TerminationPolicy]
    package var defaultCooldown: Int
    package var healthCheckType: String
    package var healthCheckGracePeriod: Int
    package var capacityRebalance: Bool
    package var tags: [GroupTag]

    package init(
        name: String, minSize: Int, maxSize: Int, desiredCapacity: Int? = nil, launch: LaunchSource?,
        subnets: [String] = [], zones: [String] = [], newInstancesProtected: Bool = false,
        terminationPolicies: [TerminationPolicy] = [.default], defaultCooldown: Int = 300,
        healthCheckType: String = "EC2", healthCheckGracePeriod: Int = 0, capacityRebalance: Bool = false,
        tags: [GroupTag] = []
    ) {
        self.name = name
        self.minSize = minSize
        self.maxSize = maxSize
        self.desiredCapacity = desiredCapacity
        self.launch = launch
        self.subnets = subnets
        self.zones = zones
        self.newInstancesProtected = newInstancesProtected
        self.terminationPolicies = terminationPolicies
        self.defaultCooldown = defaultCooldown
        self.healthCheckType = healthCheckType
        self.healthCheckGracePeriod = healthCheckGracePeriod
        self.capacityRebalance = capacityRebalance
        self.tags = tags
    }
}

/// What changes about a group; `nil` leaves a field as it is.
package struct GroupUpdate: Hashable, Codable, Sendable {
    package var name: String
    package var minSize: Int?
    package var maxSize: Int?
    package var desiredCapacity: Int?
    package var launch: LaunchSource?
    package var subnets: [String]?
    package var newInstancesProtected: Bool?
    package var terminationPolicies: [TerminationPolicy]?

    package init(
        name: String, minSize: Int? = nil, maxSize: Int? = nil, desiredCapacity: Int? = nil,
        launch: LaunchSource? = nil, subnets: [String]? = nil, newInstancesProtected: Bool? = nil,
        terminationPolicies: [TerminationPolicy]? = nil
    ) {
        self.name = name
        self.minSize = minSize
        self.maxSize = maxSize
        self.desiredCapacity = desiredCapacity
        self.launch = launch
        self.subnets = subnets
        self.newInstancesProtected = newInstancesProtected
        self.terminationPolicies = terminationPolicies
    }
}

/// A tag of a group, which its instances may inherit.
package struct GroupTag: Hashable, Codable, Sendable {
    package var key: String
    package var value: String
    package var propagatesAtLaunch: Bool

    package init(key: String, value: String, propagatesAtLaunch: Bool = true) {
        self.key = key
        self.value = value
        self.propagatesAtLaunch = propagatesAtLaunch
    }
}

/// Where a group's instances come from.
package enum LaunchSource: Hashable, Codable, Sendable {
    case template(LaunchTemplateChoice)
    case mixed(MixedInstances)

    package var template: LaunchTemplateChoice {
        switch self {
        case .template(let choice): choice
        case .mixed(let mixed): mixed.template
        }
    }
}

/// Several types and purchase options in one group.
///
/// Weights are not supported, as with capacity providers.
package struct MixedInstances: Hashable, Codable, Sendable {
    package enum OnDemandStrategy: String, Codable, Sendable {
        /// The first type listed.
        case prioritized
        case lowestPrice = "lowest-price"
    }

    package var template: LaunchTemplateChoice
    /// Instance types; none means the template's own.
    package var overrides: [String]
    package var onDemandBase: Int
    package var onDemandPercentageAboveBase: Int
    package var onDemandStrategy: OnDemandStrategy
    /// Kept to be described.
    ///
    /// Berth knows one Spot price per type and takes the cheapest.
    package var spotStrategy: String

    package init(
        template: LaunchTemplateChoice, overrides: [String] = [], onDemandBase: Int = 0,
        onDemandPercentageAboveBase: Int = 100, onDemandStrategy: OnDemandStrategy = .prioritized,
        spotStrategy: String = "lowest-price"
    ) {
        self.template = template
        self.overrides = overrides
        self.onDemandBase = onDemandBase
        self.onDemandPercentageAboveBase = onDemandPercentageAboveBase
        self.onDemandStrategy = onDemandStrategy
        self.spotStrategy = spotStrategy
    }

    /// How many of `size` instances are on demand; the rest is Spot.
    ///
    /// - AWS: EC2 Auto Scaling User Guide, *Auto Scaling groups with multiple instance types*.
    package func onDemandCount(of size: Int) -> Int {
        let aboveBase = max(0, size - onDemandBase)
        return min(size, onDemandBase) + (aboveBase * onDemandPercentageAboveBase + 99) / 100
    }
}

/// How a group chooses among the instances of the fullest zone.
///
/// Each policy refines what the ones before it left.
package enum TerminationPolicy: String, Codable, Sendable, CaseIterable {
    case `default` = "Default"
    case oldestInstance = "OldestInstance"
    case newestInstance = "NewestInstance"
    case oldestLaunchConfiguration = "OldestLaunchConfiguration"
    case oldestLaunchTemplate = "OldestLaunchTemplate"
    case closestToNextInstanceHour = "ClosestToNextInstanceHour"
    case allocationStrategy = "AllocationStrategy"
}
