import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld

enum PutMetricAlarm: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "PutMetricAlarm"
    static let note = "No anomaly detection, no PromQL, no periods below a minute."
    typealias Output = NoOutput

    struct TagInput: Decodable, Sendable {
        let Key: String
        let Value: String
    }

    struct Input: Decodable, Sendable {
        let AlarmName: String
        let AlarmDescription: String?
        let ActionsEnabled: Bool?
        let OKActions: [String]?
        let AlarmActions: [String]?
        let InsufficientDataActions: [String]?
        let MetricName: String?
        let Namespace: String?
        let Statistic: String?
        let ExtendedStatistic: String?
        let Dimensions: [DimensionShape]?
        let Period: Int?
        let Unit: String?
        let EvaluationPeriods: Int?
        let DatapointsToAlarm: Int?
        let Threshold: Double?
        let ComparisonOperator: AlarmDefinition.Comparison?
        let TreatMissingData: AlarmDefinition.MissingData?
        let Metrics: [MetricDataQueryShape]?
        let Tags: [TagInput]?
    }

    static func command(_ input: Input, _ context: RequestContext) throws -> PutMetricAlarmCommand {
        guard let comparison = input.ComparisonOperator else { throw Refusal.parameterRequired("ComparisonOperator") }
        guard let periods = input.EvaluationPeriods else { throw Refusal.parameterRequired("EvaluationPeriods") }
        guard (input.Metrics == nil) != (input.MetricName == nil) else {
            throw Refusal(
                code: "ValidationError", message: "Exactly one of Metrics or MetricName must be specified.")
        }
        let queries = try input.queries()
        var definition = AlarmDefinition(
            name: input.AlarmName, queries: queries, period: try input.period(of: queries),
            // No number breaches this one: the core refuses it in AWS's words.
            evaluationPeriods: periods, threshold: input.Threshold ?? .nan, comparison: comparison)
        definition.summary = input.AlarmDescription
        definition.actionsEnabled = input.ActionsEnabled ?? true
        definition.alarmActions = input.AlarmActions ?? []
        definition.okActions = input.OKActions ?? []
        definition.insufficientDataActions = input.InsufficientDataActions ?? []
        definition.datapointsToAlarm = input.DatapointsToAlarm
        definition.missingData = input.TreatMissingData
        definition.tags = input.Tags.orEmpty.map { Tag(key: $0.Key, value: $0.Value) }
        return PutMetricAlarmCommand(definition: definition)
    }
}

extension PutMetricAlarm.Input {
    /// The members of `Metrics`, or the one plain series the other members describe.
    fileprivate func queries() throws(Refusal) -> [AlarmDefinition.Query] {
        if let Metrics { return try Metrics.queries() }
        guard let statistic = Statistic ?? ExtendedStatistic else { throw .parameterRequired("Statistic") }
        guard let Namespace else { throw .parameterRequired("Namespace") }
        guard let Period else { throw .parameterRequired("Period") }
        let identity = MetricIdentity(
            namespace: Namespace, name: MetricName ?? "", dimensions: Dimensions.orEmpty.map(\.dimension))
        return [
            AlarmDefinition.Query(
                id: "", source: .metric(identity, statistic: statistic, period: .seconds(Period), unit: Unit))
        ]
    }

    /// A math alarm is evaluated at the period of what it returns, which an expression may name itself.
    fileprivate func period(of queries: [AlarmDefinition.Query]) throws(Refusal) -> Duration {
        if let Period { return .seconds(Period) }
        let series = queries.compactMap { query in
            if case .metric(_, _, let period, _) = query.source { period } else { Duration?.none }
        }
        let own = Metrics.orEmpty.first { $0.ReturnData ?? true }?.Period.map { Duration.seconds($0) }
        guard let period = own ?? series.max() else { throw .parameterRequired("Period") }
        return period
    }
}
