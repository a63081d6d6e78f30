package import BerthKernel
import OrderedCollections

extension Scaling {
    /// Creates a scheduled action or changes the members given; the ARN stays.
    package mutating func putScheduledAction(
        _ specification: ScheduledActionSpecification, at now: Instant
    ) throws(Refusal) {
        let key = specification.key
        guard targets[key] != nil else { throw .targetNotRegistered(key) }
        let old = scheduledAction(named: specification.name, of: key)
        guard let expression = specification.schedule ?? old?.expression else {
            throw .invalid("Invalid schedule expression")
        }
        var action =
            old
            ?? ScheduledAction(
                name: specification.name, key: key, arn: "", createdAt: now, expression: expression)
        action.expression = expression
        action.timezone = specification.timezone ?? old?.timezone
        action.start = specification.start ?? old?.start
        action.end = specification.end ?? old?.end
        action.minimum = specification.minimum ?? old?.minimum
        action.maximum = specification.maximum ?? old?.maximum
        try check(action, isNew: old == nil)
        let schedule = try Schedule(expression)
        let offset = try Self.offset(of: action.timezone)
        if old == nil {
            let id = UniqueID(from: &scheduleIDs).uuid
            let resource = "scheduledAction:\(id):resource/ecs/\(key.resourceID):scheduledActionName/\(action.name)"
            action.arn = tenancy.arn("autoscaling", resource)
        }
        action.next = next(of: action, schedule, offset: offset, after: now)
        scheduledActions[action.arn] = action
        if let next = action.next { self.schedule(.fire(scheduledAction: action.arn), at: next) }
    }

    /// Deletes a scheduled action.
    package mutating func deleteScheduledAction(
        name: String, of key: TargetKey, at now: Instant
    ) throws(Refusal) {
        guard let action = scheduledAction(named: name, of: key) else {
            throw .scheduledActionNotFound(key, name)
        }
        scheduledActions[action.arn] = nil
    }

    /// The scheduled action of that name on that target.
    package func scheduledAction(named name: String, of key: TargetKey) -> ScheduledAction? {
        scheduledActions.values.first { $0.key == key && $0.name == name }
    }

    private func check(_ action: ScheduledAction, isNew: Bool) throws(Refusal) {
        let name = action.name
        guard !name.isEmpty, name == name.trimmed, !name.contains(where: { ":/|".contains($0) }),
            !name.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { throw .invalid("Scheduled action names may not contain : / | or control characters") }
        guard action.minimum != nil || action.maximum != nil else {
            throw .invalid("At least one of minimum capacity and maximum capacity should be provided")
        }
        if let minimum = action.minimum, minimum < 0 { throw .negativeCapacity(minimum) }
        if let minimum = action.minimum, let maximum = action.maximum, maximum < minimum { throw .boundsCrossed() }
        if let start = action.start, let end = action.end, start >= end {
            throw .invalid("StartTime must be before EndTime")
        }
        let count = scheduledActions.values.count { $0.key == action.key }
        if isNew, count >= ScalingLimits.scheduledActionsPerTarget {
            throw .tooMany("scheduled actions", ScalingLimits.scheduledActionsPerTarget)
        }
    }

    /// Sets the target's bounds and moves the count into them.
    ///
    /// Cooldowns play no part. A firing missed while suspended is not made up (C.2).
    mutating func fire(_ arn: String, at now: Instant) {
        // A changed action leaves its old deadline behind.
        guard var action = scheduledActions[arn], action.next == now else { return }
        if let schedule = try? Schedule(action.expression), let offset = try? Self.offset(of: action.timezone) {
            action.next = next(of: action, schedule, offset: offset, after: now)
        }
        scheduledActions[arn] = action
        if let next = action.next { schedule(.fire(scheduledAction: arn), at: next) }
        guard let target = targets[action.key] else { return }
        guard !target.suspended.scheduledScaling else {
            decide(
                action.key, at: now,
                "Passed over scheduled action \(action.name) of \(action.key.resourceID): scheduled scaling is "
                    + "suspended.")
            return
        }
        apply(action, to: target, at: now)
    }

    private mutating func apply(_ action: ScheduledAction, to target: ScalableTarget, at now: Instant) {
        var (minimum, maximum) = (action.minimum ?? target.minimum, action.maximum ?? target.maximum)
        // One bound alone pushes the other along rather than crossing it.
        if action.minimum == nil { minimum = min(minimum, maximum) }
        if action.maximum == nil { maximum = max(minimum, maximum) }
        targets[action.key]?.minimum = minimum
        targets[action.key]?.maximum = maximum
        let words = "min capacity to \(minimum) and max capacity to \(maximum)"
        record(
            ScalingActivity(
                id: UniqueID(from: &activityIDs), key: action.key, description: "Setting \(words)",
                cause: "scheduled action name \(action.name) was triggered", startedAt: now, endedAt: now,
                status: .successful, statusMessage: "Successfully set \(words)"))
        decide(
            action.key, at: now,
            "Scheduled action \(action.name) set the bounds of \(action.key.resourceID) from \(target.bounds) to "
                + "\(minimum) to \(maximum).")
        moveIntoBounds(action.key, at: now)
    }

    private func next(
        of action: ScheduledAction, _ schedule: Schedule, offset: Duration, after now: Instant
    ) -> Instant? {
        var anchor = action.start ?? action.createdAt
        if action.start == nil, case .rate(let duration) = schedule { anchor = anchor + pace(duration) }
        // A start is itself a moment at which a schedule may fire.
        let from = action.start.map { max(now, $0 - .microseconds(1)) } ?? now
        let next = schedule.next(after: from, anchor: anchor, offset: offset, pace: pace)
        guard let next, action.end.map({ next <= $0 }) ?? true else { return nil }
        return next
    }

    /// How far the zone is ahead of UTC.
    ///
    /// The core has no time zone database: fixed offsets only.
    private static func offset(of timezone: String?) throws(Refusal) -> Duration {
        let name = timezone ?? "UTC"
        if ["UTC", "GMT", "Etc/UTC", "Etc/GMT"].contains(name) { return .zero }
        // POSIX writes the sign the other way round: Etc/GMT+5 is five hours behind.
        if name.hasPrefix("Etc/GMT"), let hours = Int(name.dropFirst(7)), (-14...12).contains(hours) {
            return .seconds(-hours * 3_600)
        }
        throw .invalid(
            "Timezone \(name) is not supported by this version of Berth; use UTC or a fixed offset such as Etc/GMT+5")
    }
}
