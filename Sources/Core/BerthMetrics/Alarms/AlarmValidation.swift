import BerthKernel

/// The rules PutMetricAlarm checks before it changes anything (reference B.4, B.7, B.8).
struct AlarmValidation {
    private let definition: AlarmDefinition
    private let tenancy: Tenancy

    init(_ definition: AlarmDefinition, tenancy: Tenancy) {
        self.definition = definition
        self.tenancy = tenancy
    }

    func check() throws(Refusal) {
        try checkTexts()
        try checkWindow()
        try checkQueries()
        for actions in [definition.alarmActions, definition.okActions, definition.insufficientDataActions] {
            guard actions.count <= MetricsLimits.actionsPerState else {
                throw .invalidAlarm("Too many actions in alarm, maximum is \(MetricsLimits.actionsPerState)")
            }
            for action in actions { try check(action: action) }
        }
    }

    private func checkTexts() throws(Refusal) {
        guard (1...MetricsLimits.alarmNameLength).contains(definition.name.count) else {
            throw .constraint(
                definition.name, at: "alarmName",
                "have length between 1 and \(MetricsLimits.alarmNameLength), inclusive")
        }
        if let summary = definition.summary, summary.count > MetricsLimits.alarmDescriptionLength {
            throw .constraint(
                summary, at: "alarmDescription",
                "have length less than or equal to \(MetricsLimits.alarmDescriptionLength)")
        }
    }

    private func checkWindow() throws(Refusal) {
        try Self.check(period: definition.period)
        guard definition.evaluationPeriods >= 1 else {
            throw .constraint(
                "\(definition.evaluationPeriods)", at: "evaluationPeriods", "have value greater than or equal to 1")
        }
        guard (1...definition.evaluationPeriods).contains(definition.datapointsNeeded) else {
            throw .invalidAlarm("DatapointsToAlarm must be less than or equal to EvaluationPeriods")
        }
        let limit = definition.periodSeconds < 3_600 ? MetricsLimits.shortWindow : MetricsLimits.longWindow
        guard definition.evaluationPeriods <= limit / definition.periodSeconds else {
            throw .invalidAlarm("EvaluationPeriods * Period must be <= \(limit)")
        }
        guard definition.threshold.isFinite else {
            throw .invalidAlarm("PutMetricAlarm request should have valid Threshold parameter")
        }
    }

    /// Berth keeps metrics by the minute, so the periods below one are refused rather than never evaluated.
    private static func check(period: Duration) throws(Refusal) {
        let seconds = period.microseconds / 1_000_000
        guard [10, 20, 30].contains(seconds) || (seconds > 0 && seconds % 60 == 0) else {
            throw .invalidAlarm("Period must be 10, 20, 30 or a multiple of 60")
        }
        guard seconds >= 60 else {
            throw .invalidAlarm("Periods below 60 seconds are not supported by this version of Berth")
        }
    }

    private func checkQueries() throws(Refusal) {
        guard !definition.queries.isEmpty else {
            throw .invalidAlarm("Exactly one of Metrics or MetricName must be specified.")
        }
        for query in definition.queries {
            guard case .metric(let identity, let statistic, let period, _) = query.source else { continue }
            try Metrics.check(namespace: identity.namespace)
            try Self.check(period: period)
            guard Statistic(statistic) != nil else { throw unsupported(statistic) }
        }
        if definition.plainSource != nil { return }
        guard definition.queries.count <= MetricsLimits.queriesPerAlarm * 2,
            definition.queries.count(where: \.isExpression) <= MetricsLimits.queriesPerAlarm,
            definition.queries.count(where: { !$0.isExpression }) <= MetricsLimits.queriesPerAlarm
        else { throw .invalidAlarm("Too many metrics in alarm, maximum is \(MetricsLimits.queriesPerAlarm)") }
        guard definition.queries.count(where: \.returnsData) == 1 else {
            throw .invalidAlarm("Exactly one element of the metrics list should return data.")
        }
        try MetricQueries(definition.queries).check()
    }

    /// An unknown percentile is named as such; any other unknown statistic only as an invalid list.
    private func unsupported(_ statistic: String) -> Refusal {
        guard definition.plainSource != nil else { return .invalidAlarm("Invalid metrics list") }
        return .invalidAlarm("The value \(statistic) for parameter ExtendedStatistic is not supported.")
    }

    private func check(action: String) throws(Refusal) {
        guard let name = ResourceName(action) else { throw .invalidAlarm("Invalid arn syntax: \(action)") }
        let vendors = ["automate", "autoscaling", "lambda", "sns", "ssm", "ssm-incidents"]
        guard vendors.contains(name.service) else {
            throw .invalidAlarm("Unsupported AWS vendor \(name.service)")
        }
        guard name.region == tenancy.region else {
            throw .invalidAlarm("Invalid region \(name.region) specified. Only \(tenancy.region) is supported.")
        }
    }
}
