package import BerthKernel
package import OrderedCollections

/// An EC2 instance as ECS sees it: what its agent registered and what the tasks on it hold.
package struct ContainerInstance: Equatable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case active = "ACTIVE"
        /// Takes no new tasks; those of services are replaced elsewhere, others are left to finish.
        case draining = "DRAINING"
    }

    package let id: ContainerInstanceID
    package let arn: String
    package let facts: InstanceFacts
    package let registeredAt: Instant
    package internal(set) var status: Status = .active
    /// Increments with each change.
    package internal(set) var version = 1
    /// What the scheduler may still promise.
    package internal(set) var scheduled: ResourceLedger
    /// What the agent really has free.
    ///
    /// It is less than what may be promised while a task stops, if promises are released early; a task that does
    /// not fit yet is held in PENDING.
    package internal(set) var actual: ResourceLedger
    /// Tasks placed here that have not stopped, in the order of their placement.
    package internal(set) var tasks: OrderedSet<TaskID> = []
    /// How many of those belong to daemon services.
    package internal(set) var daemonTasks = 0
    /// Tasks here that are to run, by task group.
    package internal(set) var groups: OrderedDictionary<String, Int> = [:]

    package var instance: InstanceID { facts.instance }
    package var zone: String { facts.zone }
    /// Tasks that keep the instance from being idle.
    package var nonDaemonTasks: Int { tasks.count - daemonTasks }

    init(id: ContainerInstanceID, arn: String, facts: InstanceFacts, registeredAt: Instant) {
        self.id = id
        self.arn = arn
        self.facts = facts
        self.registeredAt = registeredAt
        scheduled = ResourceLedger(of: facts.resources)
        actual = ResourceLedger(of: facts.resources)
    }

    mutating func count(_ change: Int, in group: String) {
        let count = groups[group, default: 0] + change
        groups[group] = count == 0 ? nil : count
    }
}
