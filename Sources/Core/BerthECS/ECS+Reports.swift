package import BerthKernel
import OrderedCollections

extension ECS {
    /// Hears from a runtime.
    ///
    /// What carries another generation than the task's own, or is about a task that has stopped, is ignored: it
    /// comes from an attempt that no longer matters.
    package mutating func report(_ report: TaskReport, at now: Instant) {
        guard let task = tasks[report.task], task.generation == report.generation, task.lastStatus != .stopped else {
            return
        }
        switch report.event {
        case .started(let runtimeIDs): started(task, runtimeIDs, at: now)
        case .containerExited(let container, let exitCode, let reason):
            containerExited(task, container, exitCode, reason, at: now)
        case .failedToStart(let container, let reason): failedToStart(task, container, reason, at: now)
        case .stopped: stopped(task, at: now)
        }
        settle(at: now)
    }

    private mutating func started(_ task: ECSTask, _ runtimeIDs: [String], at now: Instant) {
        change(task.id, at: now) { task in
            for (index, runtimeID) in zip(task.containers.indices, runtimeIDs) {
                task.containers[index].runtimeID = runtimeID
                task.containers[index].lastStatus = .running
            }
            task.startedAt = task.startedAt ?? now
            if task.isWanted { task.lastStatus = .running }
        }
        guard let key = task.serviceKey, task.isWanted else { return }
        noteSuccessfulStart(of: task.id, at: now)
        requestPass(key, at: now)
    }

    private mutating func containerExited(
        _ task: ECSTask, _ name: String, _ exitCode: Int?, _ reason: String?, at now: Instant
    ) {
        change(task.id, at: now) { task in
            guard let index = task.containers.firstIndex(where: { $0.name == name }) else { return }
            task.containers[index].lastStatus = .stopped
            task.containers[index].exitCode = exitCode
            task.containers[index].reason = reason ?? task.containers[index].reason
        }
        guard let container = task.containers.first(where: { $0.name == name }), container.isEssential else { return }
        stop(task.id, .essentialContainerExited, "Essential container in task exited", at: now)
    }

    private mutating func failedToStart(_ task: ECSTask, _ container: String?, _ reason: String, at now: Instant) {
        change(task.id, at: now) { task in
            guard let index = task.containers.firstIndex(where: { $0.name == container }) else { return }
            task.containers[index].lastStatus = .stopped
            task.containers[index].reason = reason
        }
        stop(task.id, .failedToStart, reason, at: now)
    }

    private mutating func stopped(_ task: ECSTask, at now: Instant) {
        if task.isWanted {
            // The runtime lost the task without a word about its containers.
            let code: ECSTask.StopCode = task.startedAt == nil ? .failedToStart : .essentialContainerExited
            stop(task.id, code, "Essential container in task exited", at: now)
        }
        finish(task.id, at: now)
    }
}
