package import BerthKernel
import OrderedCollections

extension Scaling {
    /// Registers a target or changes one.
    ///
    /// A service outside its bounds moves to the nearer one at once (C.2).
    ///
    /// The service must have been observed before; AWS refuses to register what does not exist.
    package mutating func registerTarget(
        _ registration: TargetRegistration, at now: Instant
    ) throws(Refusal) {
        let key = registration.key
        let old = targets[key]
        let (minimum, maximum) = try check(registration, against: old)
        let role =
            "arn:aws:iam::\(tenancy.account):role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
            + "AWSServiceRoleForApplicationAutoScaling_ECSService"
        var target =
            old
            ?? ScalableTarget(
                key: key,
                arn: tenancy.arn("application-autoscaling", "scalable-target/\(UniqueID(from: &targetIDs).hex)"),
                roleARN: registration.roleARN ?? role, createdAt: now, minimum: minimum, maximum: maximum,
                suspended: SuspendedState(), tags: registration.tags)
        target.minimum = minimum
        target.maximum = maximum
        target.suspended = registration.suspended ?? target.suspended
        targets[key] = target
        moveIntoBounds(key, at: now)
    }

    private func check(
        _ registration: TargetRegistration, against old: ScalableTarget?
    ) throws(Refusal) -> (minimum: Int, maximum: Int) {
        let key = registration.key
        guard key.serviceNamespace == "ecs", key.dimension == "ecs:service:DesiredCount", key.service != nil else {
            throw .unsupportedTarget()
        }
        guard services[key.resourceID] != nil else { throw .serviceDoesNotExist(key.resourceID) }
        if old != nil, !registration.tags.isEmpty { throw .targetAlreadyTagged() }
        guard let minimum = registration.minimum ?? old?.minimum,
            let maximum = registration.maximum ?? old?.maximum
        else { throw .boundsMissing() }
        guard minimum >= 0 else { throw .negativeCapacity(minimum) }
        guard maximum >= minimum else { throw .boundsCrossed() }
        return (minimum, maximum)
    }

    /// Deregisters a target, with its policies, their alarms and its scheduled actions (C.2).
    package mutating func deregisterTarget(_ key: TargetKey, at now: Instant) throws(Refusal) {
        guard targets[key] != nil else { throw .targetNotFound(key) }
        for policy in policies.values where policy.key == key { remove(policy) }
        scheduledActions.removeAll { $0.value.key == key }
        targets[key] = nil
    }

    /// What happened to a target, newest first.
    package func activities(of key: TargetKey, includingNotScaled: Bool = false) -> [ScalingActivity] {
        (targets[key]?.activities ?? []).reversed().filter { includingNotScaled || !$0.isNotScaled }
    }

    /// Takes note of a service as it is now.
    ///
    /// A change under way that the service has reached is complete, and its cooldown starts.
    ///
    /// Tell of every service, before it is registered too, and of its end (`exists: false`).
    package mutating func observe(resourceID: String, _ facts: ServiceFacts, at now: Instant) {
        services[resourceID] = facts.exists ? facts : nil
        let key = TargetKey(resourceID: resourceID)
        guard let underway = targets[key]?.underway else { return }
        if !facts.exists {
            finish(.failed, of: key, "ECS service doesn't exist: \(resourceID)", at: now)
        } else if facts.desired != underway.count {
            // Until ECS has taken the count over, the old one says nothing.
            if underway.isAccepted { finish(.overridden, of: key, at: now) }
        } else if facts.running == underway.count {
            fulfil(key, at: now)
        } else {
            targets[key]?.underway?.isAccepted = true
        }
    }

    /// Brings a service whose desired count lies outside the bounds to the nearer one.
    ///
    /// Ignores cooldowns.
    mutating func moveIntoBounds(_ key: TargetKey, at now: Instant) {
        guard let target = targets[key], let facts = services[key.resourceID] else { return }
        let count = target.clamped(facts.desired)
        guard count != facts.desired else { return }
        let cause =
            count == target.minimum && facts.desired < count
            ? "minimum capacity was set to \(count)" : "maximum capacity was set to \(count)"
        _ = setDesiredCount(key, to: count, cause: cause, at: now)
        if services[key.resourceID]?.running == count { fulfil(key, at: now) }
        decide(
            key, at: now,
            "Set the desired count of \(key.resourceID) from \(facts.desired) to \(count) because \(cause).")
    }
}
