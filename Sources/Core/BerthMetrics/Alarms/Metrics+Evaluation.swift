import BerthKernel
import OrderedCollections

/// What an evaluation or a caller says an alarm's state is.
struct AlarmFinding {
    let state: AlarmState
    let reason: String
    let reasonData: String?
    let recentDatapoints: [Double]
}

extension Metrics {
    /// Judges one alarm from what is available now.
    ///
    /// The window ends at the last full minute and slides by the minute, whatever the period (B.5): an
    /// alarm of five-minute periods looks at other buckets than a graph of five-minute periods shows.
    mutating func evaluate(_ name: String, at now: Instant) {
        guard let alarm = alarms[name] else { return }
        let definition = alarm.definition
        let range = BucketGrid(
            endingAt: now.floored(to: pace.minute), width: pace(definition.period),
            count: settings.evaluationRange(
                periods: definition.evaluationPeriods, periodSeconds: definition.periodSeconds))
        let verdict = AlarmVerdict(
            datapoints(of: definition, in: range),
            rule: AlarmVerdict.Rule(
                periods: definition.evaluationPeriods, needed: definition.datapointsNeeded,
                missing: definition.effectiveMissingData)
        ) { definition.comparison.holds($0, definition.threshold) }
        let recent = verdict.used.map(\.value)
        guard let state = verdict.state, state != alarm.state else {
            invokeActions(of: name, repeated: true, recent, at: now)
            return
        }
        let reason = AlarmReason(
            definition: definition, state: state, verdict: verdict, range: range, instant: now)
        transition(
            name,
            to: AlarmFinding(
                state: state, reason: reason.text, reasonData: reason.data, recentDatapoints: recent),
            at: now)
    }

    /// One entry for each bucket of the range, oldest first.
    private func datapoints(of definition: AlarmDefinition, in range: BucketGrid) -> [AlarmDatapoint?] {
        var found: [AlarmDatapoint] = []
        if let source = definition.plainSource, let statistic = Statistic(source.statistic) {
            for bucket in statistics(of: source.identity, unit: source.unit, in: range) {
                guard let value = bucket.statistics.value(of: statistic) else { continue }
                found.append(
                    AlarmDatapoint(start: bucket.start, value: value, sampleCount: bucket.statistics.count))
            }
        } else if let returned = definition.queries.first(where: \.returnsData) {
            let points = try? MetricQueries(definition.queries).series(of: returned.id, in: self) { _ in range }
            found = (points ?? []).map { AlarmDatapoint(start: $0.instant, value: $0.value, sampleCount: nil) }
        }
        var slots = [AlarmDatapoint?](repeating: nil, count: range.count)
        for point in found {
            let slot = Int((point.start - range.start).microseconds / range.width.microseconds)
            if slots.indices.contains(slot) { slots[slot] = point }
        }
        return slots
    }

    mutating func transition(_ name: String, to finding: AlarmFinding, at now: Instant) {
        guard let old = alarms[name] else { return }
        var alarm = old
        alarm.state = finding.state
        alarm.stateReason = finding.reason
        alarm.stateReasonData = finding.reasonData
        alarm.stateUpdated = now
        alarm.transitioned = now
        alarms[name] = alarm
        recordTransition(of: alarm, from: old, at: now)
        outbox.append(.transitioned(alarm: name, from: old.state, to: alarm.state))
        // A new alarm that finds nothing wrong is no news.
        if old.state != .insufficientData || alarm.state != .ok || !alarm.definition.okActions.isEmpty {
            outbox.append(
                .decided(
                    Decision(
                        instant: now, kind: .alarm, subject: name,
                        sentence: "Alarm \(name) went from \(old.state.rawValue) to \(alarm.state.rawValue): "
                            + alarm.stateReason.asSentence)))
        }
        invokeActions(of: name, repeated: false, finding.recentDatapoints, at: now)
    }

    /// Runs the actions of the state.
    ///
    /// Only those of Auto Scaling run again while the state lasts; that repetition is what makes cooldowns
    /// matter (B.7).
    mutating func invokeActions(of name: String, repeated: Bool, _ recentDatapoints: [Double], at now: Instant) {
        guard let alarm = alarms[name], alarm.definition.actionsEnabled else { return }
        let trigger = AlarmTrigger(
            alarmName: name, state: alarm.state.rawValue, threshold: alarm.definition.threshold,
            comparison: alarm.definition.comparison, recentDatapoints: recentDatapoints)
        for action in alarm.actionsOfState where !repeated || action.isScalingAction {
            if !repeated { recordAction(action, of: name, at: now) }
            outbox.append(.invoked(action: action, trigger))
        }
    }
}

extension String {
    /// Ends in a full stop, whatever a caller of SetAlarmState wrote.
    fileprivate var asSentence: String {
        isEmpty ? "no reason was given." : hasSuffix(".") ? self : self + "."
    }
}
