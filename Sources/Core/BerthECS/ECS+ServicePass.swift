import BerthKernel
import BerthPlacement
import OrderedCollections

/// One look of the scheduler at one service.
extension ECS {
    mutating func pass(_ key: ServiceKey, at now: Instant) {
        guard let service = services[key], service.status != .inactive else { return }
        services[key]?.lastPass = now
        services[key]?.nextPass = nil
        if service.status == .draining {
            end(service, at: now)
            return
        }
        switch service.schedulingStrategy {
        case .replica: passReplicas(key, at: now)
        case .daemon: passDaemons(key, at: now)
        }
        conclude(key, at: now)
    }

    /// Stops every task of a deleted service; it is INACTIVE once all were told to.
    private mutating func end(_ service: ECSService, at now: Instant) {
        let reason = scalingReason(service.primary?.id ?? "")
        stopAll(service.tasks.filter { tasks[$0]?.isWanted == true }, of: service.key, reason, at: now)
        services[service.key]?.status = .inactive
        services[service.key]?.deployments = []
        services[service.key]?.isSteady = false
        unsettled.counts.append(service.key)
    }

    private mutating func passReplicas(_ key: ServiceKey, at now: Instant) {
        guard let service = services[key], let primary = service.primary else { return }
        let census = census(of: service, at: now)
        let isThrottled = primary.throttledUntil.map { $0 > now } ?? false
        let hasFailed = primary.rolloutState == .failed
        let plan = decideReplicas(
            census, desired: service.desiredCount, service.deploymentConfiguration,
            mayStart: !hasFailed && !isThrottled, hasFailed: hasFailed)
        if plan.isBlocked { complain(ServiceEventText.deadlocked(service.name), for: key, at: now) }
        let victims = decideVictims(plan.surplus, of: service, among: census.staying)
        if victims.count < plan.surplus {
            complain(ServiceEventText.protected(service.name, primary.id), for: key, at: now)
        }
        noteOutgoingStops(plan.stops, of: key)
        stopAll(victims + plan.stops, of: key, scalingReason(primary.id), at: now)
        start(plan.starts, of: key, deployment: 0, at: now)
        replaceLosses(of: key, room: plan.room, at: now)
    }

    /// Older deployments make up for tasks they lost by themselves, in their own revision.
    private mutating func replaceLosses(of key: ServiceKey, room: Int, at now: Instant) {
        let older = services[key]?.deployments.count ?? 0
        var room = room
        for index in 1..<max(1, older) {
            guard let deployment = services[key]?.deployments[index], deployment.rolloutState != .failed,
                deployment.throttledUntil.map({ $0 <= now }) ?? true
            else { continue }
            let losses = max(0, min(room, deployment.desiredCount - deployment.wantedCount))
            start(losses, of: key, deployment: index, at: now)
            room -= losses
        }
    }

    /// An older deployment holds one task less for each that the rollout stops.
    private mutating func noteOutgoingStops(_ stops: [TaskID], of key: ServiceKey) {
        guard let service = services[key] else { return }
        for (index, deployment) in service.deployments.enumerated().dropFirst() {
            let count = stops.count { tasks[$0]?.startedBy == deployment.id }
            services[key]?.deployments[index].desiredCount =
                min(service.desiredCount, max(0, deployment.desiredCount - count))
        }
    }

    /// Stops the tasks and says so, running and pending ones apart.
    mutating func stopAll(_ ids: [TaskID], of key: ServiceKey, _ reason: String, at now: Instant) {
        let running = ids.filter { tasks[$0]?.isRunning == true }
        let pending = ids.filter { tasks[$0]?.isRunning == false }
        for id in ids { stop(id, .serviceSchedulerInitiated, reason, at: now) }
        if !running.isEmpty { record(ServiceEventText.stoppedRunning(key.service, running), for: key, at: now) }
        if !pending.isEmpty { record(ServiceEventText.stoppedPending(key.service, pending), for: key, at: now) }
        guard !ids.isEmpty, let service = services[key] else { return }
        let parts = [(running, "running task"), (pending, "pending task")].filter { !$0.0.isEmpty }
        decide(
            .service, key.service,
            "Service \(key.service) stops \(parts.map { $0.0.count.of($0.1) }.joined(separator: " and ")): "
                + "it wants \(service.desiredCount).", at: now)
    }

    func scalingReason(_ deployment: String) -> String {
        "Scaling activity initiated by (deployment \(deployment))"
    }

    /// Starts up to `count` tasks of a deployment and says so.
    ///
    /// Stops at the first that finds no machine.
    mutating func start(_ count: Int, of key: ServiceKey, deployment index: Int, at now: Instant) {
        guard count > 0 else { return }
        var started: [TaskID] = []
        for _ in 0..<count {
            guard let id = startOne(of: key, deployment: index, at: now) else { break }
            started.append(id)
        }
        guard !started.isEmpty else { return }
        record(ServiceEventText.started(key.service, started), for: key, at: now)
        guard let service = services[key] else { return }
        decide(
            .service, key.service,
            "Service \(key.service) starts \(started.count < count ? "\(started.count) of " : "")"
                + "\(count.of("task")): it wants \(service.desiredCount) and \(service.runningCount) run.", at: now)
    }

    private mutating func startOne(of key: ServiceKey, deployment index: Int, at now: Instant) -> TaskID? {
        guard let draft = draft(of: key, deployment: index) else { return nil }
        switch draft.route({ providers[$0] }) {
        case .fargate:
            let id = addTask(draft, at: now)
            provisionOnFargate(id, at: now)
            return id
        case .instanceEventually:
            guard waitingCount(in: key.cluster) < ECSLimits.provisioningTasksPerCluster else {
                complain(ServiceEventText.provisioningLimit(key.service), for: key, at: now)
                return nil
            }
            let id = addTask(draft, at: now)
            awaitInstance(id, at: now)
            return id
        case .instanceNow:
            let (id, outcome) = placeNow(draft, at: now)
            if id == nil {
                services[key]?.fruitlessPasses += 1
                let text = unplacedText(key.service, outcome, throughProvider: draft.provider != nil)
                complain(text, for: key, at: now)
            } else {
                services[key]?.fruitlessPasses = 0
            }
            return id
        }
    }

    /// What the next task of the deployment is made from, its provider chosen.
    func draft(of key: ServiceKey, deployment index: Int) -> TaskDraft? {
        guard let service = services[key], let cluster = clusters[key.cluster] else { return nil }
        let deployment = service.deployments[index]
        let definition = definition(deployment.revision.taskDefinition)
        let provider = decideProvider(of: deployment.revision.strategy) {
            deployment.tasksByProvider[$0] ?? 0
        }
        let isDaemon = service.schedulingStrategy == .daemon
        return TaskDraft(
            cluster: cluster, definition: definition, group: service.group, service: service.name,
            startedBy: deployment.id, isDaemon: isDaemon, launchType: deployment.revision.launchType,
            provider: provider?.provider,
            placement: TaskPlacement(
                strategies: service.placementStrategies.isEmpty
                    ? PlacementStrategy.serviceDefault : service.placementStrategies,
                constraints: definition.specification.placementConstraints + service.placementConstraints,
                network: deployment.revision.network),
            tags: service.tagsOfTasks(definition))
    }
}

extension ECSService {
    /// The tags its tasks get.
    fileprivate func tagsOfTasks(_ definition: TaskDefinition) -> [Tag] {
        var tags: [Tag] = []
        if options.enablesManagedTags {
            tags.append(Tag(key: "aws:ecs:clusterName", value: cluster))
            tags.append(Tag(key: "aws:ecs:serviceName", value: name))
        }
        switch options.propagatesTags {
        case .none: return tags
        case .service: return tags + options.tags
        case .taskDefinition: return tags + definition.specification.tags
        }
    }
}
