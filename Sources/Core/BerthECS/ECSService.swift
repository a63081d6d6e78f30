package import BerthKernel
package import BerthPlacement
package import OrderedCollections

/// Names a service within the region: names are unique per cluster.
package struct ServiceKey: Hashable, Codable, Sendable {
    package let cluster: String
    package let service: String

    package init(cluster: String, service: String) {
        self.cluster = cluster
        self.service = service
    }

    /// `service/CLUSTER/NAME`: how Application Auto Scaling names it.
    package var resourceID: String { "service/\(cluster)/\(service)" }
}

/// A service: something that keeps tasks of one definition running.
package struct ECSService: Equatable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case active = "ACTIVE"
        /// Deleted, but tasks of it are still to be told to stop.
        case draining = "DRAINING"
        /// Gone; shown when asked for by name until another service takes the name.
        case inactive = "INACTIVE"
    }

    package let key: ServiceKey
    package let arn: String
    package internal(set) var status: Status = .active
    package let schedulingStrategy: SchedulingStrategy
    /// Of a daemon service the number of instances that should run it.
    package internal(set) var desiredCount: Int
    /// What new deployments use.
    package internal(set) var revision: DeploymentRevision
    /// Whether the service was created with a launch type it can fall back to.
    package internal(set) var launchTypeGiven: LaunchType?
    package internal(set) var deploymentConfiguration: DeploymentConfiguration
    package internal(set) var placementStrategies: [PlacementStrategy]
    package internal(set) var placementConstraints: [PlacementConstraint]
    /// Newest first; the first is the primary one.
    package internal(set) var deployments: [Deployment] = []
    /// The revision of the newest deployment that completed: where the circuit breaker returns to.
    package internal(set) var lastCompleted: DeploymentRevision?
    /// Newest first, at most ``ECSLimits/serviceEvents``.
    package internal(set) var events: [ServiceEvent] = []
    /// Tasks of the service that have not stopped, oldest first.
    package internal(set) var tasks: OrderedSet<TaskID> = []
    package internal(set) var options: ServiceOptions
    package let createdAt: Instant
    /// Whether the service has nothing left to do; entering this state is an event.
    package internal(set) var isSteady = false
    /// The complaint made last, so that it is not made again before its time.
    package internal(set) var complaint: Complaint?
    /// Passes in a row in which no instance could take a task.
    package internal(set) var fruitlessPasses = 0
    package internal(set) var lastPass: Instant?
    package internal(set) var nextPass: Instant?

    package var cluster: String { key.cluster }
    package var name: String { key.service }
    package var primary: Deployment? { deployments.first }
    package var runningCount: Int { deployments.reduce(0) { $0 + $1.runningCount } }
    package var pendingCount: Int { deployments.reduce(0) { $0 + $1.pendingCount } }
    /// Application Auto Scaling does not scale in while this holds.
    package var isDeploying: Bool { primary?.rolloutState == .inProgress || deployments.count > 1 }
    /// The task group of its tasks.
    package var group: String { "service:\(name)" }

    package struct Complaint: Hashable, Codable, Sendable {
        package let message: String
        package let instant: Instant
    }
}

/// A line in a service's history, in AWS's words.
package struct ServiceEvent: Hashable, Codable, Sendable {
    package let id: UniqueID
    package let createdAt: Instant
    package let message: String
}

/// What a service records and hands back, and what its tasks inherit.
package struct ServiceOptions: Hashable, Codable, Sendable {
    package enum TagSource: String, Codable, Sendable {
        case none = "NONE"
        case service = "SERVICE"
        case taskDefinition = "TASK_DEFINITION"
    }

    package var propagatesTags: TagSource = .none
    package var enablesManagedTags = false
    package var enablesExecuteCommand = false
    package var healthCheckGracePeriodSeconds = 0
    package var balancesZones = true
    package var roleARN: String?
    package var tags: [Tag] = []

    package init() {}
}

/// What CreateService is asked for.
package struct ServiceSpecification: Hashable, Codable, Sendable {
    /// Name or ARN; `nil` for the cluster `default`.
    package var cluster: String?
    package var name: String
    /// `family`, `family:revision` or ARN.
    package var taskDefinition: String
    /// Required for replicas, refused for daemons.
    package var desiredCount: Int?
    package var schedulingStrategy: SchedulingStrategy
    package var launchType: LaunchType?
    package var strategy: [CapacityProviderStrategyItem]
    package var network: NetworkConfiguration?
    package var platformVersion: String?
    package var deploymentConfiguration: DeploymentConfiguration?
    package var placementStrategies: [PlacementStrategy]
    package var placementConstraints: [PlacementConstraint]
    package var options: ServiceOptions

    package init(
        cluster: String? = nil, name: String, taskDefinition: String, desiredCount: Int? = nil,
        schedulingStrategy: SchedulingStrategy = .replica, launchType: LaunchType? = nil,
        strategy: [CapacityProviderStrategyItem] = [], network: NetworkConfiguration? = nil,
        platformVersion: String? = nil, deploymentConfiguration: DeploymentConfiguration? = nil,
        placementStrategies: [PlacementStrategy] = [], placementConstraints: [PlacementConstraint] = [],
        options: ServiceOptions = .init()
    ) {
        self.cluster = cluster
        self.name = name
        self.taskDefinition = taskDefinition
        self.desiredCount = desiredCount
        self.schedulingStrategy = schedulingStrategy
        self.launchType = launchType
        self.strategy = strategy
        self.network = network
        self.platformVersion = platformVersion
        self.deploymentConfiguration = deploymentConfiguration
        self.placementStrategies = placementStrategies
        self.placementConstraints = placementConstraints
        self.options = options
    }
}

/// What UpdateService is asked for.
///
/// `nil` keeps what is.
///
/// Only a task definition, network, platform version or force starts a deployment. Another strategy alone is
/// used for new tasks and leaves the running ones where they are.
///
/// - AWS: ECS API Reference, *UpdateService*.
package struct ServiceUpdate: Hashable, Codable, Sendable {
    package var cluster: String?
    package var service: String
    package var desiredCount: Int?
    package var taskDefinition: String?
    package var strategy: [CapacityProviderStrategyItem]?
    package var network: NetworkConfiguration?
    package var platformVersion: String?
    package var deploymentConfiguration: DeploymentConfiguration?
    package var placementStrategies: [PlacementStrategy]?
    package var placementConstraints: [PlacementConstraint]?
    package var forceNewDeployment: Bool
    package var propagatesTags: ServiceOptions.TagSource?
    package var enablesManagedTags: Bool?
    package var enablesExecuteCommand: Bool?
    package var healthCheckGracePeriodSeconds: Int?
    package var balancesZones: Bool?

    package init(
        cluster: String? = nil, service: String, desiredCount: Int? = nil, taskDefinition: String? = nil,
        strategy: [CapacityProviderStrategyItem]? = nil, network: NetworkConfiguration? = nil,
        platformVersion: String? = nil, deploymentConfiguration: DeploymentConfiguration? = nil,
        placementStrategies: [PlacementStrategy]? = nil, placementConstraints: [PlacementConstraint]? = nil,
        forceNewDeployment: Bool = false, propagatesTags: ServiceOptions.TagSource? = nil,
        enablesManagedTags: Bool? = nil, enablesExecuteCommand: Bool? = nil,
        healthCheckGracePeriodSeconds: Int? = nil, balancesZones: Bool? = nil
    ) {
        self.cluster = cluster
        self.service = service
        self.desiredCount = desiredCount
        self.taskDefinition = taskDefinition
        self.strategy = strategy
        self.network = network
        self.platformVersion = platformVersion
        self.deploymentConfiguration = deploymentConfiguration
        self.placementStrategies = placementStrategies
        self.placementConstraints = placementConstraints
        self.forceNewDeployment = forceNewDeployment
        self.propagatesTags = propagatesTags
        self.enablesManagedTags = enablesManagedTags
        self.enablesExecuteCommand = enablesExecuteCommand
        self.healthCheckGracePeriodSeconds = healthCheckGracePeriodSeconds
        self.balancesZones = balancesZones
    }
}
