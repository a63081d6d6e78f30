package import BerthKernel
package import OrderedCollections

/// One attempt to run a service's tasks from one definition in one way.
package struct Deployment: Equatable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        /// The newest.
        case primary = "PRIMARY"
        /// Replaced, but some of its tasks are still to run.
        case active = "ACTIVE"
    }

    package enum RolloutState: String, Codable, Sendable {
        case inProgress = "IN_PROGRESS"
        case completed = "COMPLETED"
        case failed = "FAILED"
    }

    /// `ecs-svc/` and 19 digits.
    package let id: String
    package internal(set) var status: Status = .primary
    package internal(set) var revision: DeploymentRevision
    package let createdAt: Instant
    package internal(set) var updatedAt: Instant
    /// Of the newest deployment the service's own; of an older one, what it still has to hold.
    package internal(set) var desiredCount: Int
    package internal(set) var runningCount = 0
    /// Tasks on their way to RUNNING, PROVISIONING ones included.
    package internal(set) var pendingCount = 0
    package internal(set) var rolloutState: RolloutState = .inProgress
    package internal(set) var rolloutStateReason: String
    /// Tasks in a row that stopped before they ran, while none has run yet: what the circuit breaker counts.
    package internal(set) var failedTasks = 0
    package internal(set) var hasRun = false
    /// Attempts in a row whose tasks stopped before they ran: what the throttle counts.
    ///
    /// Tasks started together are one attempt.
    package internal(set) var failedAttempts = 0
    package internal(set) var lastFailedAttempt: Instant?
    package internal(set) var throttledUntil: Instant?
    /// Tasks that are to run, by capacity provider.
    package internal(set) var tasksByProvider: OrderedDictionary<String, Int> = [:]
    /// Whether the circuit breaker made it in order to return to an older revision.
    package internal(set) var isRollback = false

    /// The part of the id after the slash.
    package var number: Substring { id.dropFirst("ecs-svc/".count) }
}

/// What distinguishes the tasks of one deployment from those of the next.
package struct DeploymentRevision: Hashable, Codable, Sendable {
    package var taskDefinition: TaskDefinitionKey
    package var launchType: LaunchType
    /// Empty when the service uses its launch type.
    package var strategy: [CapacityProviderStrategyItem]
    package var network: NetworkConfiguration?
    package var platformVersion: String?
}

/// The network of tasks in `awsvpc` mode.
package struct NetworkConfiguration: Hashable, Codable, Sendable {
    package var subnets: [String]
    package var securityGroups: [String]
    package var assignsPublicIP: Bool
    /// The zones of the subnets, looked up by whoever knows the network.
    ///
    /// Empty: any zone will do.
    package var zones: [String]

    package init(
        subnets: [String], securityGroups: [String] = [], assignsPublicIP: Bool = false, zones: [String] = []
    ) {
        self.subnets = subnets
        self.securityGroups = securityGroups
        self.assignsPublicIP = assignsPublicIP
        self.zones = zones
    }
}

/// How far a rolling deployment may go below and above the desired count.
package struct DeploymentConfiguration: Hashable, Codable, Sendable {
    package var minimumHealthyPercent: Int
    package var maximumPercent: Int
    package var circuitBreaker: CircuitBreaker?

    package struct CircuitBreaker: Hashable, Codable, Sendable {
        package var isEnabled: Bool
        package var rollsBack: Bool

        package init(isEnabled: Bool, rollsBack: Bool) {
            self.isEnabled = isEnabled
            self.rollsBack = rollsBack
        }
    }

    package init(minimumHealthyPercent: Int, maximumPercent: Int, circuitBreaker: CircuitBreaker? = nil) {
        self.minimumHealthyPercent = minimumHealthyPercent
        self.maximumPercent = maximumPercent
        self.circuitBreaker = circuitBreaker
    }

    /// What a service without a configuration of its own gets.
    package static func standard(_ scheduling: SchedulingStrategy) -> DeploymentConfiguration {
        switch scheduling {
        case .replica: DeploymentConfiguration(minimumHealthyPercent: 100, maximumPercent: 200)
        case .daemon: DeploymentConfiguration(minimumHealthyPercent: 0, maximumPercent: 100)
        }
    }
}

/// Whether a service keeps a number of tasks or one on each instance.
package enum SchedulingStrategy: String, Codable, Sendable {
    case replica = "REPLICA"
    case daemon = "DAEMON"
}
