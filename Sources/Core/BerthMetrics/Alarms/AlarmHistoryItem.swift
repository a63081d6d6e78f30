package import BerthKernel
import DequeModule
import OrderedCollections

/// One line of DescribeAlarmHistory.
package struct AlarmHistoryItem: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case configurationUpdate = "ConfigurationUpdate"
        case stateUpdate = "StateUpdate"
        case action = "Action"
    }

    package let alarm: String
    package let instant: Instant
    package let kind: Kind
    package let summary: String
    /// JSON, as AWS documents it.
    package let data: String
    /// The action of an item of that kind.
    let action: String?
}

extension Metrics {
    /// History items that match, newest first.
    ///
    /// Items of deleted alarms are found by their name.
    package func history(
        of alarm: String? = nil, kind: AlarmHistoryItem.Kind? = nil, from start: Instant? = nil,
        to end: Instant? = nil
    ) -> [AlarmHistoryItem] {
        historyItems.reversed().filter { item in
            (alarm == nil || item.alarm == alarm) && (kind == nil || item.kind == kind)
                && start.map { item.instant >= $0 } ?? true && end.map { item.instant <= $0 } ?? true
        }
    }

    /// Takes note that an invoked action could not do what it was asked, for example because no step matched.
    ///
    /// Scaling learns of it only after the alarm has recorded success, so that record is replaced.
    package mutating func actionFailed(alarm: String, action: String, error: String, at now: Instant) {
        if let index = historyItems.lastIndex(where: {
            $0.alarm == alarm && $0.action == action && $0.instant == now
        }) {
            historyItems.remove(at: index)
        }
        recordAction(action, of: alarm, error: error, at: now)
    }

    mutating func recordAction(_ action: String, of alarm: String, error: String? = nil, at now: Instant) {
        let state = error == nil ? "Succeeded" : "Failed"
        let updated = alarms[alarm]?.stateUpdated ?? now
        remember(
            AlarmHistoryItem(
                alarm: alarm, instant: now, kind: .action,
                summary: error == nil ? "Successfully executed action \(action)" : "Failed to execute action \(action)",
                data: """
                    {"actionState":"\(state)","stateUpdateTimestamp":\(updated.millisecondsSinceEpoch),\
                    "notificationResource":\(action.jsonQuoted),"publishedMessage":null,\
                    "error":\(error?.jsonQuoted ?? "null")}
                    """,
                action: action))
    }

    mutating func recordTransition(of alarm: Alarm, from old: Alarm, at now: Instant) {
        remember(
            AlarmHistoryItem(
                alarm: alarm.definition.name, instant: now, kind: .stateUpdate,
                summary: "Alarm updated from \(old.state.rawValue) to \(alarm.state.rawValue)",
                data: #"{"version":"1.0","oldState":\#(old.stateAsJSON),"newState":\#(alarm.stateAsJSON)}"#,
                action: nil))
    }

    mutating func recordConfiguration(of alarm: Alarm, _ verb: String, type: String, at now: Instant) {
        let definition = alarm.definition
        remember(
            AlarmHistoryItem(
                alarm: definition.name, instant: now, kind: .configurationUpdate,
                summary: "Alarm \"\(definition.name)\" \(verb)",
                data: """
                    {"version":"1.0","type":"\(type)","alarm":{"alarmName":\(definition.name.jsonQuoted),\
                    "alarmArn":\(alarm.arn.jsonQuoted),"comparisonOperator":"\(definition.comparison.rawValue)",\
                    "threshold":\(definition.threshold.asJavaText),"evaluationPeriods":\(definition.evaluationPeriods)}}
                    """,
                action: nil))
    }

    mutating func forgetHistory(before oldest: Instant) {
        while let first = historyItems.first, first.instant < oldest { historyItems.removeFirst() }
    }

    private mutating func remember(_ item: AlarmHistoryItem) {
        historyItems.append(item)
        if historyItems.count > MetricsLimits.historyItems { historyItems.removeFirst() }
    }
}

extension Alarm {
    fileprivate var stateAsJSON: String {
        let data = stateReasonData.map { #","stateReasonData":\#($0)"# } ?? ""
        return #"{"stateValue":"\#(state.rawValue)","stateReason":\#(stateReason.jsonQuoted)\#(data)}"#
    }
}
