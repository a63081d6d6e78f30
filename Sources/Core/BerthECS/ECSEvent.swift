package import BerthKernel

/// What ECS tells the rest of the world.
package enum ECSEvent: Hashable, Codable, Sendable {
    /// A runtime is to start this task; it answers with reports.
    case startTask(TaskLaunch)
    /// A runtime is to stop what still runs of this task. It answers `stopped`, even when nothing ran.
    case stopTask(TaskID, generation: Int)
    /// The task has ended, whatever the reason.
    case taskStopped(TaskID)
    /// Desired, running or pending count, or the state of the deployment, of this service is another now.
    case countsChanged(cluster: String, service: String)
    /// How many tasks that have not stopped an instance holds. Those of daemon services keep no instance alive.
    case occupancyChanged(InstanceID, nonDaemonTasks: Int, allTasks: Int)
    /// A DRAINING instance has no task left and may be terminated.
    case instanceEmptied(InstanceID)
    /// The providers of a cluster were replaced; only differences are named.
    case providersAssociated(cluster: String, added: [String], removed: [String])
    case decided(Decision)
}
