import BerthKernel
import OrderedCollections

/// The steps of a task from its place to its end. Every change of a task goes through `change`.
extension ECS {
    /// Changes a task and keeps the counts of its deployment true.
    mutating func change(_ id: TaskID, at now: Instant, _ body: (inout ECSTask) -> Void) {
        guard let before = tasks[id] else { return }
        var after = before
        body(&after)
        guard after != before else { return }
        after.version += 1
        tasks[id] = after
        count(before, after)
    }

    /// Moves what the task counts for from its former state, if it had one, to its present one.
    mutating func count(_ before: ECSTask?, _ after: ECSTask) {
        guard let key = after.serviceKey, let deployment = after.startedBy,
            let index = services[key]?.deployments.firstIndex(where: { $0.id == deployment })
        else { return }
        let running = (after.isRunning ? 1 : 0) - (before?.isRunning == true ? 1 : 0)
        let pending = (after.isOnItsWay ? 1 : 0) - (before?.isOnItsWay == true ? 1 : 0)
        let wanted = (after.isWanted ? 1 : 0) - (before?.isWanted == true ? 1 : 0)
        guard running != 0 || pending != 0 || wanted != 0 else { return }
        services[key]?.deployments[index].count(
            running: running, pending: pending, wanted: wanted, on: after.capacityProvider)
        unsettled.counts.append(key)
    }

    /// Gives a task its instance: resources are promised now, its containers start when they are really free.
    mutating func assign(_ id: TaskID, to instance: ContainerInstanceID, at now: Instant) {
        guard let task = tasks[id], let zone = instances[instance]?.zone else { return }
        waiting.remove(id)
        instances[instance]?.scheduled.take(task.needs)
        instances[instance]?.tasks.append(id)
        instances[instance]?.daemonTasks += task.isDaemon ? 1 : 0
        instances[instance]?.count(1, in: task.group)
        instances[instance]?.version += 1
        change(id, at: now) {
            $0.containerInstance = instance
            $0.zone = zone
            $0.lastStatus = .pending
            $0.waiting = nil
        }
        setDeadline(of: id, to: nil)
        if let key = task.serviceKey { services[key]?.complaint = nil }
        announceOccupancy(of: instance)
        startIfFree(id, on: instance, at: now)
    }

    /// Starts the containers unless a task that stops still holds what they need.
    private mutating func startIfFree(_ id: TaskID, on instance: ContainerInstanceID, at now: Instant) {
        guard let task = tasks[id], let ledger = instances[instance]?.actual else { return }
        guard ledger.covers(task.needs) else {
            decide(
                .task, id.hex,
                "\(task.sentenceName) waits on its instance until a stopping task has freed "
                    + "\(task.needs.sentencePart).", at: now)
            return
        }
        instances[instance]?.actual.take(task.needs)
        start(id, at: now)
    }

    /// Tells a runtime to start the containers.
    mutating func start(_ id: TaskID, at now: Instant) {
        change(id, at: now) {
            $0.lastStatus = .pending
            $0.generation += 1
            $0.pullStartedAt = now
        }
        if let task = tasks[id] { outbox.append(.startTask(launch(of: task))) }
    }

    /// Tells a task to stop.
    ///
    /// What has not been started has stopped at once.
    mutating func stop(_ id: TaskID, _ code: ECSTask.StopCode, _ reason: String, at now: Instant) {
        guard let task = tasks[id], task.isWanted else { return }
        waiting.remove(id)
        change(id, at: now) {
            $0.desiredStatus = .stopped
            $0.lastStatus = .stopping
            $0.stopCode = code
            $0.stoppedReason = reason
            $0.stoppingAt = now
            $0.waiting = nil
        }
        setDeadline(of: id, to: nil)
        if settings.releasesResources == .whenToldToStop { release(task, at: now) }
        if task.generation == 0 {
            finish(id, at: now)
        } else {
            outbox.append(.stopTask(id, generation: task.generation))
        }
    }

    /// Ends a task: nothing of it runs any more.
    mutating func finish(_ id: TaskID, at now: Instant) {
        guard let task = tasks[id], task.lastStatus != .stopped else { return }
        change(id, at: now) { $0.end(at: now) }
        setDeadline(of: id, to: now + ECSLimits.stoppedTaskRetention)
        leaveInstance(task, at: now)
        outbox.append(.taskStopped(id))
        decideEnd(of: id, at: now)
        guard let key = task.serviceKey else { return }
        services[key]?.tasks.remove(id)
        noteFailedStart(of: id, at: now)
        requestPass(key, at: now)
    }

    /// What time alone does to a task, depending on how far it is.
    mutating func meetDeadline(of id: TaskID, at now: Instant) {
        guard let task = tasks[id], task.deadline == now else { return }
        switch task.lastStatus {
        case .provisioning where task.launchType == .fargate:
            setDeadline(of: id, to: nil)
            start(id, at: now)
        case .provisioning:
            let reason = task.waiting?.stoppedReason ?? "EMPTY CAPACITY PROVIDER"
            stop(id, .failedToStart, reason, at: now)
        case .stopped: tasks.removeValue(forKey: id)
        case .pending, .running, .stopping: break
        }
    }

    /// Lets the instance promise the task's resources to others.
    private mutating func release(_ task: ECSTask, at now: Instant) {
        guard let instance = task.containerInstance, instances[instance] != nil else { return }
        instances[instance]?.scheduled.giveBack(task.needs)
        instances[instance]?.count(-1, in: task.group)
        offerRoom(in: task.cluster, at: now)
    }

    /// Something may fit now that did not before.
    mutating func offerRoom(in cluster: String, at now: Instant) {
        unsettled.clusters.append(cluster)
        let starved = services.values.filter { $0.cluster == cluster && $0.fruitlessPasses > 0 }
        for service in starved { requestPass(service.key, at: now) }
    }

    private mutating func leaveInstance(_ task: ECSTask, at now: Instant) {
        guard let instance = task.containerInstance, instances[instance] != nil else { return }
        if task.isWanted || settings.releasesResources == .whenStopped { release(task, at: now) }
        if task.generation > 0 { instances[instance]?.actual.giveBack(task.needs) }
        instances[instance]?.tasks.remove(task.id)
        instances[instance]?.daemonTasks -= task.isDaemon ? 1 : 0
        instances[instance]?.version += 1
        announceOccupancy(of: instance)
        let held = instances[instance]?.tasks.filter { tasks[$0]?.isHeldByAgent == true } ?? []
        for next in held { startIfFree(next, on: instance, at: now) }
        continueDraining(of: instance, at: now)
    }

    private mutating func decideEnd(of id: TaskID, at now: Instant) {
        guard let task = tasks[id] else { return }
        let ran = task.startedAt.map { "after \($0.secondsText(to: now)) of running" } ?? "without having run"
        let code = task.stopCode?.rawValue ?? "no code"
        decide(
            .task, id.hex,
            "\(task.sentenceName) stopped \(ran): \(code), \(task.stoppedReason ?? "no reason given").",
            at: now)
    }
}

extension ECSTask {
    var isRunning: Bool { lastStatus == .running }
    var isOnItsWay: Bool { lastStatus == .provisioning || lastStatus == .pending }
    /// Placed, but its instance is not free enough yet.
    var isHeldByAgent: Bool { lastStatus == .pending && generation == 0 }

    fileprivate mutating func end(at now: Instant) {
        lastStatus = .stopped
        desiredStatus = .stopped
        stoppedAt = now
        stoppingAt = stoppingAt ?? now
        protectedUntil = nil
        if generation > 0 { executionStoppedAt = executionStoppedAt ?? now }
        for index in containers.indices { containers[index].lastStatus = .stopped }
    }
}

extension Deployment {
    /// Tasks of it that are to run.
    var wantedCount: Int { tasksByProvider.values.reduce(0, +) }

    fileprivate mutating func count(running: Int, pending: Int, wanted: Int, on provider: String?) {
        runningCount += running
        pendingCount += pending
        let name = provider ?? ""
        let count = tasksByProvider[name, default: 0] + wanted
        tasksByProvider[name] = count == 0 ? nil : count
    }
}
