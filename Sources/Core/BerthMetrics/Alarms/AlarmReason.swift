import BerthKernel

/// Why an alarm entered a state, in the sentences and JSON that AWS uses (reference B.7).
struct AlarmReason {
    let definition: AlarmDefinition
    let state: AlarmState
    let verdict: AlarmVerdict
    /// The buckets that were looked at, oldest first.
    let range: BucketGrid
    let instant: Instant

    /// `Threshold Crossed: 1 out of the last 1 datapoints [25.0 (21/11/26 08:05:00)] was …`.
    var text: String {
        if state == .insufficientData {
            let periods = definition.evaluationPeriods
            return "Insufficient Data: \(counted(periods, "datapoint")) \(periods == 1 ? "was" : "were") unknown."
        }
        return "Threshold Crossed: " + (verdict.filled > 0 ? filledText : crossedText)
    }

    private var filledText: String {
        let received = verdict.used.isEmpty ? "no datapoints" : counted(verdict.used.count, "datapoint")
        let treatment = definition.effectiveMissingData == .breaching ? "Breaching" : "NonBreaching"
        return "\(received) \(verdict.used.count == 1 ? "was" : "were") received for "
            + "\(counted(definition.evaluationPeriods, "period")) and \(counted(verdict.filled, "missing datapoint")) "
            + "\(verdict.filled == 1 ? "was" : "were") treated as [\(treatment)]."
    }

    private var crossedText: String {
        let crossing = Array(agreeing.reversed())
        let count = crossing.count
        let isLong = count > MetricsLimits.datapointsListedInline
        let list = crossing.prefix(MetricsLimits.datapointsListedBehind)
            .map { "\($0.value.asJavaText) (\(CalendarTime($0.start).datapointText))" }.joined(separator: ", ")
        let subject =
            definition.datapointsToAlarm == nil
            ? counted(count, "datapoint") : "\(count) out of the last \(verdict.used.count) datapoints"
        let transition = state == .alarm ? "OK -> ALARM" : "ALARM -> OK"
        let minimum =
            definition.datapointsToAlarm == nil
            ? "" : " (minimum \(counted(decisiveCount, "datapoint")) for \(transition) transition)"
        return subject + (isLong ? "" : " [\(list)]") + (count == 1 ? " was" : " were") + (state == .ok ? " not" : "")
            + " \(definition.comparison.words) the threshold (\(definition.threshold.asJavaText))"
            + (isLong ? ". The most recent datapoints which crossed the threshold: [\(list)]" : "") + minimum + "."
    }

    /// The used datapoints that speak for the state, oldest first.
    private var agreeing: [AlarmDatapoint] {
        verdict.used.filter {
            definition.comparison.holds($0.value, definition.threshold) == (state == .alarm)
        }
    }

    /// K: how many datapoints it takes to enter the state.
    private var decisiveCount: Int {
        state == .alarm
            ? definition.datapointsNeeded : definition.evaluationPeriods - definition.datapointsNeeded + 1
    }

    /// The JSON of StateReasonData.
    ///
    /// Its `recentDatapoints` are what step policies compute with.
    var data: String {
        var members = [#""version":"1.0""#, #""queryDate":"\#(time(instant))""#]
        if let first = verdict.used.first { members.append(#""startDate":"\#(time(first.start))""#) }
        if let source = definition.plainSource {
            if let unit = source.unit { members.append(#""unit":\#(unit.jsonQuoted)"#) }
            members.append(#""statistic":\#(source.statistic.jsonQuoted)"#)
        }
        members.append(#""period":\#(definition.periodSeconds)"#)
        let values = verdict.used.map(\.value.asJavaText).joined(separator: ",")
        members.append(#""recentDatapoints":[\#(values)]"#)
        members.append(#""threshold":\#(definition.threshold.asJavaText)"#)
        members.append(#""evaluatedDatapoints":[\#(evaluated.joined(separator: ","))]"#)
        return "{\(members.joined(separator: ","))}"
    }

    /// The newest K datapoints, newest first; without any, the timestamps at which they were expected.
    private var evaluated: [String] {
        if verdict.used.isEmpty {
            let newest = (0..<range.count).suffix(definition.evaluationPeriods).reversed()
            return newest.map { #"{"timestamp":"\#(time(range.start(of: $0)))"}"# }
        }
        return verdict.used.suffix(decisiveCount).reversed().map { point in
            let samples = point.sampleCount.map { #""sampleCount":\#($0.asJavaText),"# } ?? ""
            return #"{"timestamp":"\#(time(point.start))",\#(samples)"value":\#(point.value.asJavaText)}"#
        }
    }

    private func time(_ instant: Instant) -> String {
        CalendarTime(instant).alarmReasonText
    }
}

extension AlarmDefinition.Comparison {
    var words: String {
        switch self {
        case .greaterThanOrEqualToThreshold: "greater than or equal to"
        case .greaterThanThreshold: "greater than"
        case .lessThanThreshold: "less than"
        case .lessThanOrEqualToThreshold: "less than or equal to"
        }
    }
}
