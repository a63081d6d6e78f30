import BerthKernel
import BerthMetrics

/// An alarm as DescribeAlarms shows it.
///
/// What was not given is absent, but the lists are always there.
struct MetricAlarmShape: Encodable, Sendable {
    let AlarmName: String
    let AlarmArn: String
    let AlarmDescription: String?
    let AlarmConfigurationUpdatedTimestamp: Instant
    let ActionsEnabled: Bool
    let OKActions: [String]
    let AlarmActions: [String]
    let InsufficientDataActions: [String]
    let StateValue: String
    let StateReason: String
    let StateReasonData: String?
    let StateUpdatedTimestamp: Instant
    let MetricName: String?
    let Namespace: String?
    let Statistic: String?
    let ExtendedStatistic: String?
    let Dimensions: [DimensionShape]
    let Period: Int?
    let Unit: String?
    let EvaluationPeriods: Int
    let DatapointsToAlarm: Int?
    let Threshold: Double
    let ComparisonOperator: String
    let TreatMissingData: String?
    let Metrics: [MetricDataQueryShape]?
    let StateTransitionedTimestamp: Instant

    init(_ alarm: Alarm) {
        let definition = alarm.definition
        AlarmName = definition.name
        AlarmArn = alarm.arn
        AlarmDescription = definition.summary
        AlarmConfigurationUpdatedTimestamp = alarm.configurationUpdated
        ActionsEnabled = definition.actionsEnabled
        OKActions = definition.okActions
        AlarmActions = definition.alarmActions
        InsufficientDataActions = definition.insufficientDataActions
        StateValue = alarm.state.rawValue
        StateReason = alarm.stateReason
        StateReasonData = alarm.stateReasonData
        StateUpdatedTimestamp = alarm.stateUpdated
        let series = definition.series
        MetricName = series?.identity.name
        Namespace = series?.identity.namespace
        Statistic = series.flatMap { Self.isPlain($0.statistic) ? $0.statistic : nil }
        ExtendedStatistic = series.flatMap { Self.isPlain($0.statistic) ? nil : $0.statistic }
        Dimensions = series?.identity.dimensions.map(DimensionShape.init) ?? []
        Period = series == nil ? nil : definition.period.wholeSeconds
        Unit = series?.unit
        EvaluationPeriods = definition.evaluationPeriods
        DatapointsToAlarm = definition.datapointsToAlarm
        Threshold = definition.threshold
        ComparisonOperator = definition.comparison.rawValue
        TreatMissingData = definition.missingData?.rawValue
        Metrics =
            series == nil
            ? definition.queries.map { .init($0, expressionPeriod: definition.period.wholeSeconds) } : nil
        StateTransitionedTimestamp = alarm.transitioned
    }

    private static func isPlain(_ statistic: String) -> Bool {
        ["SampleCount", "Average", "Sum", "Minimum", "Maximum"].contains(statistic)
    }
}

extension AlarmDefinition {
    /// The one series of an alarm defined without a `Metrics` list, which has no id there.
    var series: (identity: MetricIdentity, statistic: String, unit: String?)? {
        guard queries.count == 1, queries[0].id.isEmpty,
            case .metric(let identity, let statistic, _, let unit) = queries[0].source
        else { return nil }
        return (identity, statistic, unit)
    }
}

extension Refusal {
    /// For every paged operation of CloudWatch.
    static var invalidMetricsToken: Refusal {
        Refusal(code: "InvalidNextToken", message: "The next token specified is invalid.")
    }

    static func parameterRequired(_ name: String) -> Refusal {
        Refusal(code: "MissingRequiredParameterException", message: "The parameter \(name) is required.")
    }
}
