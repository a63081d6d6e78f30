import BerthKernel
import OrderedCollections

extension Scaling {
    /// Picks among what policies wanted within the last minute and does it, or says why not.
    ///
    /// The largest result wins, for scale-out and for scale-in (C.6). A proposal made earlier in the minute
    /// has been carried out already; it takes part so that a later, smaller one yields to it.
    mutating func choose(_ key: TargetKey, _ facts: ServiceFacts, at now: Instant) {
        guard let target = targets[key] else { return }
        let unready = unreadyTracking(of: key)
        let usable = target.proposals.filter { unready == nil || !isTrackingIn($0) }
        guard let best = usable.max(by: { ($0.count, $0.instant) < ($1.count, $1.instant) }) else {
            if let unready {
                remain(
                    key,
                    "Did not scale in \(key.resourceID): policy \(unready) is not ready to, and target tracking "
                        + "scales in only when all its policies are.", at: now)
            }
            return
        }
        guard best.instant == now else {
            remain(
                key,
                "Did not scale \(key.resourceID): within this minute policy \(name(of: best)) asked for "
                    + "\(best.count), and the largest result wins.", at: now)
            return
        }
        guard let direction = best.direction(from: facts.desired) else {
            remainAtCapacity(target, best, facts, at: now)
            return
        }
        if let obstacle = obstacle(to: direction, best, target, facts, at: now) {
            if obstacle.isActivity {
                recordNotScaled(.unscalable, best, of: key, unlessTold: obstacle.sentence, at: now)
            }
            remain(key, obstacle.sentence, by: best.policyARN, at: now)
            return
        }
        act(on: key, best, direction, facts, at: now)
    }

    private mutating func act(
        on key: TargetKey, _ proposal: Proposal, _ direction: Direction, _ facts: ServiceFacts, at now: Instant
    ) {
        guard let target = targets[key], let policy = policies[proposal.policyARN] else { return }
        let activity = setDesiredCount(
            key, to: proposal.count,
            cause: proposal.cause(policyName: policy.name), at: now)
        targets[key]?.recent = RecentChange(
            direction: direction, base: proposal.base, target: proposal.count, cooldown: policy.cooldown(direction),
            activity: activity)
        let clamping = proposal.count == proposal.computed ? "" : ", kept within \(target.bounds)"
        decide(
            key, at: now,
            "Set the desired count of \(key.resourceID) from \(facts.desired) to \(proposal.count) with "
                + "\(facts.running) running: \(proposal.reasoning)\(clamping).")
        if facts.running == proposal.count { fulfil(key, at: now) }
    }

    /// A reason not to move, as a sentence; some are listed as activities, too.
    private struct Obstacle {
        let sentence: String
        var isActivity = false
    }

    private func obstacle(
        to direction: Direction, _ proposal: Proposal, _ target: ScalableTarget, _ facts: ServiceFacts,
        at now: Instant
    ) -> Obstacle? {
        let wish = "from \(facts.desired) to \(proposal.count)"
        let start = "Did not scale \(direction == .outward ? "out" : "in") \(target.key.resourceID) \(wish)"
        if direction == .outward {
            return target.suspended.dynamicScalingOut ? Obstacle(sentence: "\(start): scale-out is suspended.") : nil
        }
        if target.suspended.dynamicScalingIn { return Obstacle(sentence: "\(start): scale-in is suspended.") }
        if facts.deploymentInProgress {
            return Obstacle(sentence: "\(start): a deployment is in progress.", isActivity: true)
        }
        guard let recent = target.recent, recent.limits(at: now, pace: pace) else { return nil }
        guard let completedAt = recent.completedAt else {
            return Obstacle(sentence: "\(start): the change to \(recent.target) is still in progress.")
        }
        let end = completedAt + pace(.seconds(Int64(recent.cooldown)))
        return Obstacle(
            sentence: "\(start): the cooldown of \(recent.cooldown) s lasts until "
                + "\(CalendarTime(end).iso8601WithMilliseconds).")
    }

    /// The policy asked for what is there already, or for what the bounds forbid.
    private mutating func remainAtCapacity(
        _ target: ScalableTarget, _ proposal: Proposal, _ facts: ServiceFacts, at now: Instant
    ) {
        let reason: ScalingActivity.NotScaledReason
        if proposal.computed > target.maximum, facts.desired >= target.maximum {
            reason = .atMaximum(target.maximum)
        } else if proposal.computed < target.minimum, facts.desired <= target.minimum {
            reason = .atMinimum(target.minimum)
        } else {
            reason = .atDesired(facts.desired)
        }
        let sentence =
            "Left the desired count of \(target.key.resourceID) at \(facts.desired) with \(facts.running) running: "
            + "\(proposal.reasoning), and the bounds are \(target.bounds)."
        let told = "\(reason.code) \(facts.desired) \(target.bounds)"
        recordNotScaled(reason, proposal, of: target.key, unlessTold: told, at: now)
        if reason == .atDesired(facts.desired) {
            // The alarm repeats what has been done: nobody waits for an explanation.
            targets[target.key]?.lastReasons[proposal.policyARN] = told
        } else {
            remain(target.key, sentence, reason: told, by: proposal.policyARN, at: now)
        }
    }

    private mutating func recordNotScaled(
        _ reason: ScalingActivity.NotScaledReason, _ proposal: Proposal, of key: TargetKey, unlessTold told: String,
        at now: Instant
    ) {
        guard targets[key]?.lastReasons[proposal.policyARN] != told else { return }
        record(
            ScalingActivity(
                id: UniqueID(from: &activityIDs), key: key, description: "Attempting to scale due to alarm triggered",
                cause: proposal.cause(policyName: name(of: proposal)),
                startedAt: now, endedAt: now, status: .failed, notScaledReasons: [reason]))
    }

    /// Says why nothing was done, unless the same was said last time; `reason` is what makes it the same.
    mutating func remain(
        _ key: TargetKey, _ sentence: String, reason: String? = nil, by policyARN: String = "", at now: Instant
    ) {
        let reason = reason ?? sentence
        guard targets[key]?.lastReasons[policyARN] != reason else { return }
        targets[key]?.lastReasons[policyARN] = reason
        decide(key, at: now, sentence)
    }

    private func name(of proposal: Proposal) -> String {
        policies[proposal.policyARN]?.name ?? proposal.policyARN
    }

    private func isTrackingIn(_ proposal: Proposal) -> Bool {
        proposal.intent == .inward && policies[proposal.policyARN]?.tracking != nil
    }

    /// The name of a target tracking policy that keeps the others from scaling in, if there is one.
    private func unreadyTracking(of key: TargetKey) -> String? {
        let proposals = (targets[key]?.proposals ?? []).filter(isTrackingIn)
        return policies.values.first { policy in
            policy.key == key && policy.tracking.map { !$0.disablesScaleIn } ?? false
                && !proposals.contains { $0.policyARN == policy.arn }
        }?.name
    }
}
