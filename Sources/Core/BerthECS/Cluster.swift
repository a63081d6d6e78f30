package import BerthKernel

/// A cluster: a name under which services, tasks and instances find each other.
package struct Cluster: Hashable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
    }

    package let name: String
    package let arn: String
    package internal(set) var status: Status
    package internal(set) var capacityProviders: [String]
    /// Used by services and RunTask that name neither a strategy nor a launch type.
    package internal(set) var defaultStrategy: [CapacityProviderStrategyItem]
    /// `containerInsights` and the like: recorded.
    package internal(set) var settings: [Setting]
    package internal(set) var tags: [Tag]
    package let createdAt: Instant

    package struct Setting: Hashable, Codable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// What CreateCluster is asked for.
package struct ClusterSpecification: Hashable, Codable, Sendable {
    /// `nil` for AWS's default name, `default`.
    package var name: String?
    package var capacityProviders: [String]
    package var defaultStrategy: [CapacityProviderStrategyItem]
    package var settings: [Cluster.Setting]
    package var tags: [Tag]

    package init(
        name: String? = nil, capacityProviders: [String] = [], defaultStrategy: [CapacityProviderStrategyItem] = [],
        settings: [Cluster.Setting] = [], tags: [Tag] = []
    ) {
        self.name = name
        self.capacityProviders = capacityProviders
        self.defaultStrategy = defaultStrategy
        self.settings = settings
        self.tags = tags
    }
}

/// How many things a cluster holds, as DescribeClusters counts them.
package struct ClusterCounts: Hashable, Codable, Sendable {
    package var registeredContainerInstances = 0
    package var runningTasks = 0
    /// Tasks on their way to RUNNING, PROVISIONING ones included.
    package var pendingTasks = 0
    package var activeServices = 0
}
