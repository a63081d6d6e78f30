package import BerthKernel
import OrderedCollections

extension Scaling {
    /// Takes an alarm's call on a policy; `policyARN` may carry `:createdBy/<uuid>`.
    ///
    /// Unknown policies, which an alarm may well outlive, are passed over.
    ///
    /// The call is answered when this moment is next advanced to, together with every other call of the
    /// moment, because of simultaneous policies the largest result wins (C.6).
    package mutating func invoke(policyARN: String, _ trigger: AlarmTrigger, at now: Instant) {
        guard let policy = policies.values.policy(of: policyARN), let target = targets[policy.key] else { return }
        if target.invocations.isEmpty { schedule(.answer(policy.key), at: now) }
        targets[policy.key]?.invocations.append(Invocation(policyARN: policy.arn, trigger: trigger))
    }

    mutating func answerAlarms(of key: TargetKey, at now: Instant) {
        guard var target = targets[key], !target.invocations.isEmpty else { return }
        let invocations = target.invocations
        target.invocations = []
        target.proposals.removeAll { now >= $0.instant + pace.minute }
        targets[key] = target
        guard let facts = services[key.resourceID] else {
            remain(key, "Did not scale \(key.resourceID): the service does not exist.", at: now)
            return
        }
        for invocation in invocations {
            guard let policy = policies[invocation.policyARN],
                let proposal = propose(policy, invocation.trigger, facts, at: now)
            else { continue }
            targets[key]?.proposals.removeAll {
                $0.policyARN == policy.arn && $0.alarmName == proposal.alarmName
            }
            targets[key]?.proposals.append(proposal)
        }
        choose(key, facts, at: now)
    }

    /// What the policy wants, or `nil` (and the reason told) when it cannot say.
    private mutating func propose(
        _ policy: ScalingPolicy, _ trigger: AlarmTrigger, _ facts: ServiceFacts, at now: Instant
    ) -> Proposal? {
        switch policy.configuration {
        case .step(let step): proposeStep(step, policy, trigger, facts, at: now)
        case .targetTracking(let tracking): proposeTracking(tracking, policy, trigger, facts, at: now)
        }
    }

    private mutating func proposeStep(
        _ scaling: StepScaling, _ policy: ScalingPolicy, _ trigger: AlarmTrigger, _ facts: ServiceFacts,
        at now: Instant
    ) -> Proposal? {
        guard let target = targets[policy.key] else { return nil }
        let value = scaling.value(of: trigger.recentDatapoints)
        guard let value, let step = scaling.step(at: value - trigger.threshold, of: trigger.comparison) else {
            let values = trigger.recentDatapoints.map { "\($0)" }.joined(separator: ", ")
            let error =
                "No step adjustment found for metric value [\(values)] and breach threshold \(trigger.threshold)"
            outbox.append(.actionFailed(alarm: trigger.alarmName, policyARN: policy.arn, error: error))
            remain(
                policy.key, "Did not scale \(policy.key.resourceID) by policy \(policy.name): \(error).",
                by: policy.arn, at: now)
            return nil
        }
        let isExact = scaling.adjustmentType == .exactCapacity
        let intent: Direction? = isExact ? nil : step.adjustment < 0 ? .inward : .outward
        let base = base(of: target, for: intent, running: facts.running, at: now)
        let computed = scaling.adjusted(base, by: step.adjustment)
        let answer =
            switch scaling.adjustmentType {
            case .exactCapacity: "exactly \(step.adjustment)"
            case .percentChangeInCapacity: "\(step.adjustment) % of \(base)"
            default: "\(step.adjustment < 0 ? "" : "+")\(step.adjustment) from \(base)"
            }
        return Proposal(
            policyARN: policy.arn, alarmName: trigger.alarmName, state: trigger.state, instant: now,
            intent: intent, computed: computed,
            count: bounded(computed, of: target, intent: intent, desired: facts.desired), base: base,
            reasoning: "alarm \(trigger.alarmName) is in \(trigger.state) with \(value.short) against its threshold "
                + "\(trigger.threshold.short), which policy \(policy.name) answers with \(answer)")
    }

    private mutating func proposeTracking(
        _ tracking: TargetTracking, _ policy: ScalingPolicy, _ trigger: AlarmTrigger, _ facts: ServiceFacts,
        at now: Instant
    ) -> Proposal? {
        guard let target = targets[policy.key], let value = trigger.recentDatapoints.last else { return nil }
        let computed = tracking.wanted(running: facts.running, value: value)
        let intent: Direction = trigger.comparison.isUpward ? .outward : .inward
        return Proposal(
            policyARN: policy.arn, alarmName: trigger.alarmName, state: trigger.state, instant: now,
            intent: intent, computed: computed,
            count: bounded(computed, of: target, intent: intent, desired: facts.desired), base: facts.running,
            reasoning: "alarm \(trigger.alarmName) is in \(trigger.state) with \(value.short), and policy "
                + "\(policy.name) needs \(computed) for \(facts.running) running to meet its target "
                + "\(tracking.target.short)")
    }

    /// The running count; within the cooldown of a scale-out, the count that one started from, because the
    /// earlier increase is a part of the new one (C.5 rule 2).
    private func base(of target: ScalableTarget, for intent: Direction?, running: Int, at now: Instant) -> Int {
        guard intent == .outward, let recent = target.recent, recent.direction == .outward,
            recent.limits(at: now, pace: pace)
        else { return running }
        return recent.base
    }

    /// Within the bounds; from outside them a policy of the right direction first reaches the bound (C.3).
    private func bounded(_ computed: Int, of target: ScalableTarget, intent: Direction?, desired: Int) -> Int {
        if desired < target.minimum, intent == .outward { return target.minimum }
        if desired > target.maximum, intent == .inward { return target.maximum }
        return target.clamped(computed)
    }
}

extension Double {
    /// Without a fraction where there is none.
    var short: String {
        self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
    }
}
