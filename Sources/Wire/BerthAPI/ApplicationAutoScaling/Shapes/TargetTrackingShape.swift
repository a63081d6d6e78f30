import BerthKernel
import BerthScaling

struct TargetTrackingShape: Codable, Sendable {
    struct Predefined: Codable, Sendable {
        let PredefinedMetricType: String
        let ResourceLabel: String?
    }

    struct Customized: Codable, Sendable {
        let MetricName: String?
        let Namespace: String?
        let Dimensions: [DimensionShape]?
        let Statistic: String?
        let Unit: String?
        let Metrics: [TrackedQueryShape]?
    }

    let TargetValue: Double
    let PredefinedMetricSpecification: Predefined?
    let CustomizedMetricSpecification: Customized?
    let ScaleOutCooldown: Int?
    let ScaleInCooldown: Int?
    let DisableScaleIn: Bool?

    init(_ policy: TargetTracking) {
        TargetValue = policy.target
        ScaleOutCooldown = policy.scaleOutCooldown
        ScaleInCooldown = policy.scaleInCooldown
        DisableScaleIn = policy.disablesScaleIn
        switch policy.metric {
        case .predefined(let name, let label):
            PredefinedMetricSpecification = Predefined(PredefinedMetricType: name, ResourceLabel: label)
            CustomizedMetricSpecification = nil
        case .customized(let identity, let statistic, let unit):
            PredefinedMetricSpecification = nil
            CustomizedMetricSpecification = Customized(
                MetricName: identity.name, Namespace: identity.namespace,
                Dimensions: identity.dimensions.map(DimensionShape.init), Statistic: statistic, Unit: unit,
                Metrics: nil)
        case .expression(let queries):
            PredefinedMetricSpecification = nil
            CustomizedMetricSpecification = Customized(
                MetricName: nil, Namespace: nil, Dimensions: nil, Statistic: nil, Unit: nil,
                Metrics: queries.map(TrackedQueryShape.init))
        }
    }

    func policy() throws(Refusal) -> TargetTracking {
        TargetTracking(
            target: TargetValue, metric: try metric(), scaleOutCooldown: ScaleOutCooldown,
            scaleInCooldown: ScaleInCooldown, disablesScaleIn: DisableScaleIn ?? false)
    }

    private func metric() throws(Refusal) -> TargetTracking.Metric {
        switch (PredefinedMetricSpecification, CustomizedMetricSpecification) {
        case (let metric?, nil): return .predefined(metric.PredefinedMetricType, resourceLabel: metric.ResourceLabel)
        case (nil, let metric?):
            if let queries = metric.Metrics, !queries.isEmpty { return .expression(try queries.queries()) }
            let identity = MetricIdentity(
                namespace: metric.Namespace ?? "", name: metric.MetricName ?? "",
                dimensions: metric.Dimensions.orEmpty.map(\.dimension))
            return .customized(identity, statistic: metric.Statistic ?? "Average", unit: metric.Unit)
        default:
            throw Refusal(
                code: "ValidationException",
                message: "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be "
                    + "specified.")
        }
    }
}

/// A metric of a math expression that a policy tracks.
///
/// Its series are read by the minute: they name no period.
struct TrackedQueryShape: Codable, Sendable {
    struct Series: Codable, Sendable {
        let Metric: MetricShape
        let Stat: String
        let Unit: String?
    }

    let Id: String
    let Expression: String?
    let Label: String?
    let MetricStat: Series?
    let ReturnData: Bool?

    init(_ query: AlarmDefinition.Query) {
        Id = query.id
        Label = query.label
        ReturnData = query.returnsData
        switch query.source {
        case .metric(let identity, let statistic, _, let unit):
            MetricStat = Series(Metric: MetricShape(identity), Stat: statistic, Unit: unit)
            Expression = nil
        case .expression(let text):
            MetricStat = nil
            Expression = text
        }
    }

    func query() throws(Refusal) -> AlarmDefinition.Query {
        AlarmDefinition.Query(id: Id, source: try source(), label: Label, returnsData: ReturnData ?? true)
    }

    private func source() throws(Refusal) -> AlarmDefinition.Query.Source {
        if let MetricStat {
            return .metric(
                MetricStat.Metric.identity, statistic: MetricStat.Stat, period: .seconds(60), unit: MetricStat.Unit)
        }
        guard let Expression else {
            throw Refusal(
                code: "ValidationException",
                message: "Either MetricStat or Expression must be specified for the metric \(Id).")
        }
        return .expression(Expression)
    }
}

extension Sequence<TrackedQueryShape> {
    func queries() throws(Refusal) -> [AlarmDefinition.Query] {
        var queries: [AlarmDefinition.Query] = []
        for shape in self { queries.append(try shape.query()) }
        return queries
    }
}
