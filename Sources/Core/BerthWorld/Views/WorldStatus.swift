package import BerthKernel

/// What a person wants to see of a world at one moment: the live screen, `berth status` and the dashboard.
package struct WorldStatus: Codable, Hashable, Sendable {
    package struct QueueView: Codable, Hashable, Sendable {
        package let name: String
        package let visible: Int
        package let inFlight: Int
        package let delayed: Int
        package let sent: Int
        package let deleted: Int
        /// The queue whose messages end here when they fail too often, if this is a dead-letter queue.
        package let isDeadLetterQueue: Bool
    }

    package struct ServiceView: Codable, Hashable, Sendable {
        package let cluster: String
        package let name: String
        package let desired: Int
        package let running: Int
        package let pending: Int
        /// Tasks that wait for an instance.
        package let provisioning: Int
    }

    package struct TaskView: Codable, Hashable, Sendable {
        package let id: String
        package let cluster: String
        package let service: String?
        package let state: String
        package let desiredState: String
        package let instance: String?
        package let zone: String?
        package let startedAt: Instant?
        package let isProtected: Bool
        package let stoppedReason: String?
        /// The names of its containers.
        package let containers: [String]
    }

    package struct InstanceView: Codable, Hashable, Sendable {
        package let id: String
        package let type: String
        package let zone: String
        package let state: String
        package let isProtected: Bool
        package let capacityProvider: String?
        package let tasks: [String]
    }

    package struct AlarmView: Codable, Hashable, Sendable {
        package let name: String
        package let state: String
        package let reason: String
    }

    package struct StackView: Codable, Hashable, Sendable {
        package let name: String
        package let status: String
        package let reason: String?
    }

    package struct Cost: Codable, Hashable, Sendable {
        package let perHour: Double
        package let total: Double
    }

    package let now: Instant
    package let pace: Int
    package let region: String
    package let stacks: [StackView]
    package let queues: [QueueView]
    package let services: [ServiceView]
    package let tasks: [TaskView]
    package let instances: [InstanceView]
    package let alarms: [AlarmView]
    package let cost: Cost
    /// Nothing waits, runs or is paid for.
    package let isAtRest: Bool
}

/// What a run came to, printed when everything is back at zero.
package struct RunSummary: Codable, Hashable, Sendable {
    package let processed: Int
    package let sent: Int
    package let deadLettered: Int
    package let killedMidJob: Int
    /// Message sent to first received, in seconds; `nil` when nothing was received.
    package let waitP50: Double?
    package let waitP95: Double?
    package let waitMax: Double?
    package let peakTasks: Int
    package let peakInstances: Int
    /// AWS time: world time multiplied by the pace.
    package let instanceSecondsPaid: Double
    package let instanceSecondsIdle: Double
    package let cost: Double
    package let pace: Int
}

/// One link of the chain from a queue to a running task, and whether it is the one that holds things up.
package struct ExplanationLink: Codable, Hashable, Sendable {
    /// `queue`, `metric`, `alarm`, `policy`, `desired count`, `reservation`, `group`, `instance`, `task`.
    package let link: String
    package let sentence: String
    package let isWaiting: Bool
}
