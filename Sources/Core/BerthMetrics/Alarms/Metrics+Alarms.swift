package import BerthKernel
import DequeModule
import OrderedCollections

extension Metrics {
    /// Creates the alarm or replaces its whole definition.
    ///
    /// A new alarm begins as INSUFFICIENT_DATA and is judged at its next minute, from data that may be
    /// older than it. A replaced alarm keeps the state it had (B.4).
    package mutating func putAlarm(_ definition: AlarmDefinition, at now: Instant) throws(Refusal) {
        try AlarmValidation(definition, tenancy: tenancy).check()
        let isNew = alarms[definition.name] == nil
        var alarm =
            alarms[definition.name]
            ?? Alarm(
                definition: definition, arn: tenancy.arn("cloudwatch", "alarm:\(definition.name)"),
                state: .insufficientData, stateReason: "Unchecked: Initial alarm creation", stateReasonData: nil,
                stateUpdated: now, transitioned: now, configurationUpdated: now)
        alarm.definition = definition
        alarm.configurationUpdated = now
        alarms[definition.name] = alarm
        if isNew { schedule(definition.name, after: now) }
        recordConfiguration(
            of: alarm, isNew ? "created" : "updated", type: isNew ? "Create" : "Update", at: now)
    }

    /// Deletes the alarms.
    ///
    /// Unknown names are passed over, as AWS does for metric alarms (B.8).
    package mutating func deleteAlarms(_ names: [String], at now: Instant) {
        for name in names {
            guard let alarm = alarms.removeValue(forKey: name) else { continue }
            agenda.removeAll { $0.alarm == name }
            recordConfiguration(of: alarm, "deleted", type: "Delete", at: now)
        }
    }

    /// Puts the alarm into a state by hand and runs that state's actions; its next evaluation may undo it.
    ///
    /// A step policy computes with the `recentDatapoints` of `reasonData`; without them it finds no step.
    package mutating func setAlarmState(
        name: String, state: AlarmState, reason: String, reasonData: String? = nil, at now: Instant
    ) throws(Refusal) {
        guard let alarm = alarms[name] else { throw .alarmDoesNotExist() }
        let found = AlarmFinding(
            state: state, reason: reason, reasonData: reasonData,
            recentDatapoints: reasonData.map(recentDatapoints) ?? [])
        if state == alarm.state {
            alarms[name]?.stateReason = reason
            alarms[name]?.stateReasonData = reasonData
            alarms[name]?.stateUpdated = now
            invokeActions(of: name, repeated: true, found.recentDatapoints, at: now)
        } else {
            transition(name, to: found, at: now)
        }
    }

    /// EnableAlarmActions and DisableAlarmActions.
    ///
    /// Unknown names are passed over.
    package mutating func setActions(enabled: Bool, names: [String], at now: Instant) {
        for name in names where alarms[name] != nil && alarms[name]?.definition.actionsEnabled != enabled {
            alarms[name]?.definition.actionsEnabled = enabled
            alarms[name]?.configurationUpdated = now
            if let alarm = alarms[name] { recordConfiguration(of: alarm, "updated", type: "Update", at: now) }
        }
    }

    /// Enters the alarm's first evaluation: its next second-of-minute strictly after `now`.
    private mutating func schedule(_ name: String, after now: Instant) {
        var due = now.floored(to: pace.minute) + phase(of: name)
        if due <= now { due = due + pace.minute }
        let evaluation = Evaluation(due: due, alarm: name)
        agenda.insert(evaluation, at: agenda.partitioningIndex { $0 > evaluation })
    }

    private func phase(of name: String) -> Duration {
        switch settings.phase {
        case .tidy: return .zero
        case .hashed:
            let arn = tenancy.arn("cloudwatch", "alarm:\(name)")
            let hash = arn.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            return pace(.seconds(Int64(hash % 60)))
        }
    }
}

/// The numbers behind `"recentDatapoints":` in reason data a caller wrote; empty when there are none.
private func recentDatapoints(in reasonData: String) -> [Double] {
    let bytes = Array(reasonData.utf8)
    let key = Array("\"recentDatapoints\"".utf8)
    guard bytes.count > key.count,
        let found = (0...(bytes.count - key.count)).first(where: { bytes[$0...].starts(with: key) })
    else { return [] }
    let rest = bytes[(found + key.count)...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
    guard rest.first == UInt8(ascii: "[") else { return [] }
    return rest.dropFirst().prefix { $0 != UInt8(ascii: "]") }.split(separator: UInt8(ascii: ","))
        .compactMap { Double(String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self)) }
}
