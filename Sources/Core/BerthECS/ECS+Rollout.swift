import BerthKernel
import OrderedCollections

/// How far a service's deployments are.
extension ECS {
    /// Counts the tasks of the service that are to run.
    func census(of service: ECSService, at now: Instant) -> ReplicaCensus {
        var census = ReplicaCensus()
        let primary = service.primary?.id
        for id in service.tasks {
            guard let task = tasks[id], task.isWanted else { continue }
            let isDraining = task.containerInstance.flatMap { instances[$0]?.status } == .draining
            let (condition, next) = condition(of: task, at: now)
            let isProtected = task.isProtected(at: now)
            let member = ReplicaCensus.Member(
                id: id, condition: condition, isProtected: isProtected, isDraining: isDraining)
            if task.startedBy == primary, !isDraining {
                census.staying.append(member)
            } else {
                census.outgoing.append(member)
            }
            census.nextChange = .earliest(census.nextChange, .earliest(next, isProtected ? task.protectedUntil : nil))
        }
        return census
    }

    /// How healthy a task counts, and when that changes by time alone.
    private func condition(of task: ECSTask, at now: Instant) -> (ReplicaCensus.Condition, next: Instant?) {
        guard task.isRunning, let startedAt = task.startedAt else {
            let nextLook = task.createdAt + pace(settings.schedulerPass)
            return (.starting(isFresh: now < nextLook), now < nextLook ? nextLook : nil)
        }
        let healthyAt = startedAt + pace(settings.healthyAfter)
        return now < healthyAt ? (.young, healthyAt) : (.healthy, nil)
    }

    /// Draws the conclusions of a pass: deployments that are over, a steady state, and when to look again.
    mutating func conclude(_ key: ServiceKey, at now: Instant) {
        retireDeployments(of: key, at: now)
        guard let service = services[key], let primary = service.primary else { return }
        let census = census(of: service, at: now)
        let isComplete =
            census.staying.count == service.desiredCount && census.outgoing.isEmpty
            && service.deployments.count == 1 && census.staying.allSatisfy { $0.condition == .healthy }
        if primary.rolloutState == .inProgress, isComplete { completeDeployment(of: key, at: now) }
        noteSteadiness(of: key, census, at: now)
        scheduleNextPass(of: key, census, at: now)
    }

    private mutating func retireDeployments(of key: ServiceKey, at now: Instant) {
        guard let service = services[key], service.deployments.count > 1 else { return }
        let hasFailed = service.primary?.rolloutState == .failed
        let kept = service.deployments.enumerated().filter { index, deployment in
            index == 0 || deployment.wantedCount > 0 || (hasFailed && deployment.desiredCount > 0)
        }
        guard kept.count < service.deployments.count else { return }
        services[key]?.deployments = kept.map(\.element)
        unsettled.counts.append(key)
    }

    private mutating func completeDeployment(of key: ServiceKey, at now: Instant) {
        guard let primary = services[key]?.primary else { return }
        services[key]?.deployments[0].rolloutState = .completed
        services[key]?.deployments[0].rolloutStateReason = RolloutReason.completed(primary.id)
        services[key]?.deployments[0].updatedAt = now
        services[key]?.lastCompleted = primary.revision
        unsettled.counts.append(key)
        record(ServiceEventText.completed(key.service, primary.id), for: key, at: now)
        decide(
            .service, key.service,
            "Deployment \(primary.id) of service \(key.service) is complete: \(primary.desiredCount.of("task")) "
                + "healthy and no older task left.", at: now)
    }

    private mutating func noteSteadiness(of key: ServiceKey, _ census: ReplicaCensus, at now: Instant) {
        guard let service = services[key] else { return }
        let isSteady =
            !service.isDeploying && service.runningCount == service.desiredCount && service.pendingCount == 0
            && census.outgoing.isEmpty
        if isSteady, !service.isSteady { record(ServiceEventText.steady(service.name), for: key, at: now) }
        services[key]?.isSteady = isSteady
    }

    private mutating func scheduleNextPass(of key: ServiceKey, _ census: ReplicaCensus, at now: Instant) {
        guard let service = services[key] else { return }
        let hasSurplus = census.staying.count > service.desiredCount
        if service.isDeploying || !census.outgoing.isEmpty || hasSurplus, let next = census.nextChange {
            schedulePass(key, at: next)
        }
        guard service.fruitlessPasses > 0 || census.staying.count < service.desiredCount else { return }
        if let until = service.primary?.throttledUntil, until > now {
            schedulePass(key, at: until)
        } else if service.fruitlessPasses > 0 {
            let isQuick = service.fruitlessPasses <= settings.quickPlacementRetries
            schedulePass(key, at: now + pace(isQuick ? settings.schedulerPass : settings.slowPlacementRetry))
        } else if service.primary?.rolloutState != .failed {
            schedulePass(key, at: now + pace(settings.schedulerPass))
        }
    }
}
