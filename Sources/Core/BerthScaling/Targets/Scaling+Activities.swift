import BerthKernel
import OrderedCollections

extension Scaling {
    /// Asks for a desired count and records the activity.
    ///
    /// An older one still under way is overridden.
    mutating func setDesiredCount(_ key: TargetKey, to count: Int, cause: String, at now: Instant) -> UniqueID {
        finish(.overridden, of: key, at: now)
        let id = UniqueID(from: &activityIDs)
        record(
            ScalingActivity(
                id: id, key: key, description: "Setting desired count to \(count).", cause: cause, startedAt: now,
                status: .inProgress,
                statusMessage:
                    "Successfully set desired count to \(count). Waiting for change to be fulfilled by ecs."))
        targets[key]?.underway = ChangeUnderway(activity: id, count: count)
        targets[key]?.lastReasons = [:]
        services[key.resourceID]?.desired = count
        outbox.append(.setDesiredCount(resourceID: key.resourceID, count: count, activity: id, cause: cause))
        schedule(.giveUp(key, activity: id), at: now + pace(settings.fulfilmentTimeout))
        return id
    }

    /// The service runs as many tasks as it was asked to: the cooldown starts (C.5 rule 1).
    mutating func fulfil(_ key: TargetKey, at now: Instant) {
        guard let underway = targets[key]?.underway else { return }
        let cause = targets[key]?.activities.last { $0.id == underway.activity }?.cause ?? ""
        let text =
            "Successfully set desired count to \(underway.count). Change successfully fulfilled by ecs."
        finish(.successful, of: key, text, at: now)
        outbox.append(
            .fulfilled(
                resourceID: key.resourceID, count: underway.count, message: "Message: \(text) Cause: \(cause)"))
    }

    /// A change the service did not reach in time no longer limits others.
    mutating func giveUp(_ activity: UniqueID, of key: TargetKey, at now: Instant) {
        guard targets[key]?.underway?.activity == activity else { return }
        finish(.unfulfilled, of: key, at: now)
        let facts = services[key.resourceID]
        decide(
            key, at: now,
            "Stopped waiting for \(key.resourceID) to reach its desired count: \(facts?.running ?? 0) of "
                + "\(facts?.desired ?? 0) tasks run after \(settings.fulfilmentTimeout.inSeconds.short) s.")
    }

    /// Ends the change under way, if there is one.
    ///
    /// Only a successful one starts a cooldown.
    mutating func finish(
        _ status: ScalingActivity.Status, of key: TargetKey, _ message: String? = nil, at now: Instant
    ) {
        guard let underway = targets[key]?.underway else { return }
        targets[key]?.underway = nil
        if targets[key]?.recent?.activity == underway.activity {
            if status == .successful {
                targets[key]?.recent?.completedAt = now
            } else {
                targets[key]?.recent = nil
            }
        }
        guard let index = targets[key]?.activities.lastIndex(where: { $0.id == underway.activity }) else { return }
        targets[key]?.activities[index].status = status
        targets[key]?.activities[index].endedAt = now
        if let message { targets[key]?.activities[index].statusMessage = message }
    }

    /// Adds an activity and forgets those beyond AWS's six weeks and our bound.
    mutating func record(_ activity: ScalingActivity) {
        targets[activity.key]?.activities.append(activity)
        let oldest = activity.startedAt - pace(ScalingLimits.activityRetention)
        targets[activity.key]?.activities.removeAll { $0.startedAt < oldest }
        let excess = (targets[activity.key]?.activities.count ?? 0) - ScalingLimits.activitiesPerTarget
        if excess > 0 { targets[activity.key]?.activities.removeFirst(excess) }
    }
}
