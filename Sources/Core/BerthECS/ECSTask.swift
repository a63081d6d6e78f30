package import BerthKernel
package import BerthPlacement

/// One run of a task definition.
package struct ECSTask: Equatable, Codable, Sendable {
    /// - AWS: ECS Developer Guide, *Amazon ECS task lifecycle*. ACTIVATING, DEACTIVATING and DEPROVISIONING
    ///   belong to load balancers and network interfaces, which Berth's tasks do not wait for.
    package enum Status: String, Codable, Sendable {
        /// Waits for an instance, or for Fargate's machine.
        case provisioning = "PROVISIONING"
        /// Has its place; its containers are being started.
        case pending = "PENDING"
        case running = "RUNNING"
        /// Was told to stop; something of it may still run.
        case stopping = "STOPPING"
        case stopped = "STOPPED"
    }

    package enum DesiredStatus: String, Codable, Sendable {
        case running = "RUNNING"
        case stopped = "STOPPED"
    }

    package enum StopCode: String, Codable, Sendable {
        case failedToStart = "TaskFailedToStart"
        case essentialContainerExited = "EssentialContainerExited"
        case userInitiated = "UserInitiated"
        case serviceSchedulerInitiated = "ServiceSchedulerInitiated"
        case spotInterruption = "SpotInterruption"
        case terminationNotice = "TerminationNotice"
    }

    package let id: TaskID
    package let arn: String
    package let cluster: String
    /// `service:NAME`, or `family:FAMILY` unless RunTask names another.
    package let group: String
    package let definition: TaskDefinitionKey
    /// The service the task belongs to, or `nil` for a standalone task.
    package let service: String?
    /// The deployment of a service task; otherwise what the caller of RunTask wrote.
    package let startedBy: String?
    package let isDaemon: Bool
    package let launchType: LaunchType
    package let capacityProvider: String?
    package let needs: ResourceNeeds
    package let placement: TaskPlacement
    package let overrides: TaskOverrides
    package let tags: [Tag]
    package let createdAt: Instant

    package internal(set) var lastStatus: Status
    package internal(set) var desiredStatus: DesiredStatus = .running
    /// In the order in which they start.
    package internal(set) var containers: [TaskContainer] = []
    package internal(set) var containerInstance: ContainerInstanceID?
    package internal(set) var zone: String?
    /// Counts the attempts to run the task; zero until the first.
    package internal(set) var generation = 0
    /// Increments with each change.
    package internal(set) var version = 1
    package internal(set) var pullStartedAt: Instant?
    package internal(set) var startedAt: Instant?
    package internal(set) var stoppingAt: Instant?
    package internal(set) var executionStoppedAt: Instant?
    package internal(set) var stoppedAt: Instant?
    package internal(set) var stopCode: StopCode?
    package internal(set) var stoppedReason: String?
    package internal(set) var protectedUntil: Instant?
    /// Why no instance took it at the last attempt.
    package internal(set) var waiting: WaitingReason?
    /// When time alone changes the task next.
    package internal(set) var deadline: Instant?

    /// Whether service scale-in and deployments must leave it alone.
    ///
    /// It does not help against StopTask.
    package func isProtected(at now: Instant) -> Bool {
        protectedUntil.map { $0 > now } ?? false
    }

    /// Whether it counts towards its service: not stopped and not told to.
    package var isWanted: Bool { desiredStatus == .running }
}

/// What of a task's placement is decided before any instance is known.
package struct TaskPlacement: Hashable, Codable, Sendable {
    package var strategies: [PlacementStrategy]
    package var constraints: [PlacementConstraint]
    /// Zones of its subnets; empty: any.
    package var network: NetworkConfiguration?
}

/// Why a task has no instance yet, in the words of a stopped reason and in ours.
package struct WaitingReason: Hashable, Codable, Sendable {
    /// `EMPTY CAPACITY PROVIDER`, `RESOURCE:MEMORY`, …: what the task will have failed with if it waits too long.
    package let stoppedReason: String
    package let sentence: String
}

/// One container of a task.
package struct TaskContainer: Hashable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case pending = "PENDING"
        case running = "RUNNING"
        case stopped = "STOPPED"
    }

    package let id: UniqueID
    package let name: String
    package let image: String
    package let isEssential: Bool
    package let cpu: CPUUnits
    package let memory: MiB?
    package let memoryReservation: MiB?
    package internal(set) var lastStatus: Status = .pending
    package internal(set) var runtimeID: String?
    package internal(set) var exitCode: Int?
    package internal(set) var reason: String?
}

/// Something a call could not do for one of the things it named: part of a successful answer.
///
/// - AWS: ECS Developer Guide, *API failure reasons*.
package struct Failure: Hashable, Codable, Sendable {
    package var arn: String?
    package var reason: String
    package var detail: String?

    package init(arn: String?, reason: String, detail: String? = nil) {
        self.arn = arn
        self.reason = reason
        self.detail = detail
    }

    /// The thing asked for does not exist.
    package static func missing(_ identifier: String) -> Failure {
        Failure(arn: identifier, reason: "MISSING")
    }
}

/// What RunTask is asked for.
package struct RunTaskRequest: Hashable, Codable, Sendable {
    package var cluster: String?
    package var taskDefinition: String
    package var count: Int
    package var launchType: LaunchType?
    package var strategy: [CapacityProviderStrategyItem]
    package var network: NetworkConfiguration?
    package var group: String?
    package var startedBy: String?
    package var overrides: TaskOverrides
    package var placementStrategies: [PlacementStrategy]
    package var placementConstraints: [PlacementConstraint]
    package var tags: [Tag]
    package var propagatesTags: ServiceOptions.TagSource

    package init(
        cluster: String? = nil, taskDefinition: String, count: Int = 1, launchType: LaunchType? = nil,
        strategy: [CapacityProviderStrategyItem] = [], network: NetworkConfiguration? = nil, group: String? = nil,
        startedBy: String? = nil, overrides: TaskOverrides = .init(), placementStrategies: [PlacementStrategy] = [],
        placementConstraints: [PlacementConstraint] = [], tags: [Tag] = [],
        propagatesTags: ServiceOptions.TagSource = .none
    ) {
        self.cluster = cluster
        self.taskDefinition = taskDefinition
        self.count = count
        self.launchType = launchType
        self.strategy = strategy
        self.network = network
        self.group = group
        self.startedBy = startedBy
        self.overrides = overrides
        self.placementStrategies = placementStrategies
        self.placementConstraints = placementConstraints
        self.tags = tags
        self.propagatesTags = propagatesTags
    }
}

/// What RunTask answers: it places what fits, so both lists may have entries.
package struct RunTaskReply: Equatable, Codable, Sendable {
    package var tasks: [ECSTask]
    package var failures: [Failure]
}
