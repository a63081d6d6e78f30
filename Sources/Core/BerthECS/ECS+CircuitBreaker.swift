import BerthKernel
import OrderedCollections

/// Tasks that stop before they run: they slow a deployment down, and may end it.
extension ECS {
    /// Failed starts after which a deployment of `desired` tasks fails: half of them, within AWS's bounds.
    ///
    /// - AWS: ECS Developer Guide, *How the Amazon ECS deployment circuit breaker detects failures*.
    static func breakerThreshold(desired: Int) -> Int {
        let bounds = ECSLimits.breakerThreshold
        return min(bounds.upperBound, max(bounds.lowerBound, (desired + 1) / 2))
    }

    /// Counts a task that stopped without having run.
    ///
    /// Exits after that count for nothing here.
    mutating func noteFailedStart(of id: TaskID, at now: Instant) {
        guard let task = tasks[id], let key = task.serviceKey, task.startedAt == nil,
            task.stopCode == .failedToStart || task.stopCode == .essentialContainerExited,
            let index = services[key]?.deployments.firstIndex(where: { $0.id == task.startedBy }),
            var deployment = services[key]?.deployments[index]
        else { return }
        if !deployment.hasRun { deployment.failedTasks += 1 }
        let isAttemptOfItsOwn = deployment.lastFailedAttempt.map { task.createdAt > $0 } ?? true
        if isAttemptOfItsOwn {
            deployment.failedAttempts += 1
            deployment.lastFailedAttempt = now
            deployment.throttledUntil = throttle(after: deployment.failedAttempts, at: now)
        }
        services[key]?.deployments[index] = deployment
        if isAttemptOfItsOwn, let until = deployment.throttledUntil {
            complain(ServiceEventText.impaired(key.service), for: key, at: now)
            decide(
                .service, key.service,
                "Service \(key.service) waits \(now.secondsText(to: until)) before it starts tasks again: "
                    + "\(deployment.failedAttempts) attempts in a row have failed.", at: now)
        }
        if index == 0 { tripBreaker(of: key, at: now) }
    }

    /// A task of the deployment runs: failures so far are forgiven.
    mutating func noteSuccessfulStart(of id: TaskID, at now: Instant) {
        guard let task = tasks[id], let key = task.serviceKey,
            let index = services[key]?.deployments.firstIndex(where: { $0.id == task.startedBy })
        else { return }
        services[key]?.deployments[index].hasRun = true
        services[key]?.deployments[index].failedTasks = 0
        services[key]?.deployments[index].failedAttempts = 0
        services[key]?.deployments[index].lastFailedAttempt = nil
        services[key]?.deployments[index].throttledUntil = nil
    }

    /// Until when no task is started after so many failed attempts; `nil` when the next may follow at once.
    private func throttle(after attempts: Int, at now: Instant) -> Instant? {
        let minutes = settings.startBackoffMinutes
        guard let last = minutes.last else { return nil }
        let delay = attempts < minutes.count ? minutes[attempts] : last
        return delay == 0 ? nil : now + pace(.seconds(delay * 60))
    }

    private mutating func tripBreaker(of key: ServiceKey, at now: Instant) {
        guard let service = services[key], let primary = service.primary, primary.rolloutState == .inProgress,
            let breaker = service.deploymentConfiguration.circuitBreaker, breaker.isEnabled,
            primary.failedTasks >= Self.breakerThreshold(desired: service.desiredCount)
        else { return }
        services[key]?.deployments[0].rolloutState = .failed
        services[key]?.deployments[0].rolloutStateReason = RolloutReason.failed
        services[key]?.deployments[0].updatedAt = now
        unsettled.counts.append(key)
        record(ServiceEventText.failed(key.service, primary.id), for: key, at: now)
        decide(
            .service, key.service,
            "Deployment \(primary.id) of service \(key.service) fails: \(primary.failedTasks) tasks stopped before "
                + "they ran, and \(Self.breakerThreshold(desired: service.desiredCount)) open the circuit breaker.",
            at: now)
        guard breaker.rollsBack, !primary.isRollback, let last = service.lastCompleted, last != primary.revision else {
            return
        }
        services[key]?.revision = last
        beginDeployment(of: key, at: now, rollingBackFrom: primary.id)
        if let target = services[key]?.primary?.id {
            let text = ServiceEventText.rollingBack(key.service, from: primary.id, to: target)
            record(text, for: key, at: now)
        }
        unsettled.services.append(key)
    }
}
