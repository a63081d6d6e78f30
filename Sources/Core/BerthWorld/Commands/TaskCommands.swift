package import BerthECS
package import BerthKernel

/// Starts standalone tasks, as many as fit.
package struct RunTaskCommand: Command {
    package static let name = "ecs.RunTask"

    package let request: RunTaskRequest

    package init(request: RunTaskRequest) {
        self.request = request
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> RunTaskReply {
        try world.ecs.runTask(request, at: now)
    }
}

/// Stops a task, protected or not.
package struct StopTaskCommand: Command {
    package static let name = "ecs.StopTask"

    package let cluster: String?
    package let task: String
    package let reason: String?

    package init(cluster: String?, task: String, reason: String?) {
        self.cluster = cluster
        self.task = task
        self.reason = reason
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ECSTask {
        try world.ecs.stopTask(cluster: cluster, task: task, reason: reason, at: now)
    }
}

/// Protects tasks against scale-in, or no longer.
package struct UpdateTaskProtectionCommand: Command {
    package static let name = "ecs.UpdateTaskProtection"

    package let cluster: String?
    package let tasks: [String]
    package let isEnabled: Bool
    package let expiresInMinutes: Int?

    package init(cluster: String?, tasks: [String], isEnabled: Bool, expiresInMinutes: Int?) {
        self.cluster = cluster
        self.tasks = tasks
        self.isEnabled = isEnabled
        self.expiresInMinutes = expiresInMinutes
    }

    package func perform(
        in world: inout World, at now: Instant
    ) throws(Refusal) -> (protections: [TaskProtection], failures: [Failure]) {
        try world.ecs.updateTaskProtection(
            cluster: cluster, tasks: tasks, isEnabled: isEnabled, expiresInMinutes: expiresInMinutes, at: now)
    }
}

/// Sets container instances to ACTIVE or DRAINING.
package struct UpdateContainerInstancesStateCommand: Command {
    package static let name = "ecs.UpdateContainerInstancesState"

    package let cluster: String?
    package let instances: [String]
    package let status: ContainerInstance.Status

    package init(cluster: String?, instances: [String], status: ContainerInstance.Status) {
        self.cluster = cluster
        self.instances = instances
        self.status = status
    }

    package func perform(
        in world: inout World, at now: Instant
    ) throws(Refusal) -> (instances: [ContainerInstance], failures: [Failure]) {
        try world.ecs.updateContainerInstancesState(cluster: cluster, instances: instances, status: status, at: now)
    }
}

/// What a runtime says of a task.
package struct ReportTask: Command {
    package static let name = "berth.ReportTask"

    package let report: TaskReport

    package init(report: TaskReport) {
        self.report = report
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        world.ecs.report(report, at: now)
    }
}

/// Says under which address clients reach the world: the host of queue URLs from now on.
package struct SetEndpoint: Command {
    package static let name = "berth.SetEndpoint"

    package let endpoint: String

    package init(endpoint: String) {
        self.endpoint = endpoint
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        world.endpoint = endpoint
    }
}
