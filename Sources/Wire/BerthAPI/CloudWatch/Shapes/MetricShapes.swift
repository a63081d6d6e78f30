import BerthKernel

// The members of CloudWatch's shapes, spelled as in its model, and how they come from the core and go to it.

struct DimensionShape: Codable, Sendable {
    let Name: String
    let Value: String

    init(_ dimension: MetricIdentity.Dimension) {
        Name = dimension.name
        Value = dimension.value
    }

    var dimension: MetricIdentity.Dimension { .init(name: Name, value: Value) }
}

struct MetricShape: Codable, Sendable {
    let Namespace: String?
    let MetricName: String?
    let Dimensions: [DimensionShape]?

    init(_ identity: MetricIdentity) {
        Namespace = identity.namespace
        MetricName = identity.name
        Dimensions = identity.dimensions.map(DimensionShape.init)
    }

    var identity: MetricIdentity {
        MetricIdentity(
            namespace: Namespace ?? "", name: MetricName ?? "", dimensions: Dimensions.orEmpty.map(\.dimension))
    }
}

/// A member of `Metrics` or `MetricDataQueries`: a series with its statistic, or an expression over others.
struct MetricDataQueryShape: Codable, Sendable {
    struct MetricStatShape: Codable, Sendable {
        let Metric: MetricShape
        let Period: Int
        let Stat: String
        let Unit: String?
    }

    let Id: String
    let MetricStat: MetricStatShape?
    let Expression: String?
    let Label: String?
    let ReturnData: Bool?
    /// Of an expression; a series has its own.
    let Period: Int?

    init(_ query: AlarmDefinition.Query, expressionPeriod: Int?) {
        Id = query.id
        Label = query.label
        ReturnData = query.returnsData
        switch query.source {
        case .metric(let identity, let statistic, let period, let unit):
            MetricStat = MetricStatShape(
                Metric: MetricShape(identity), Period: period.wholeSeconds, Stat: statistic, Unit: unit)
            Expression = nil
            Period = nil
        case .expression(let text):
            MetricStat = nil
            Expression = text
            Period = expressionPeriod
        }
    }

    func query() throws(Refusal) -> AlarmDefinition.Query {
        AlarmDefinition.Query(id: Id, source: try source(), label: Label, returnsData: ReturnData ?? true)
    }

    private func source() throws(Refusal) -> AlarmDefinition.Query.Source {
        switch (MetricStat, Expression) {
        case (let series?, nil):
            return .metric(
                series.Metric.identity, statistic: series.Stat, period: .seconds(series.Period), unit: series.Unit)
        case (nil, let expression?): return .expression(expression)
        default:
            throw Refusal(
                code: "ValidationError",
                message: "Exactly one of MetricStat and Expression must be specified for the metric \(Id).")
        }
    }
}

extension Duration {
    var wholeSeconds: Int { Int(microseconds / 1_000_000) }
}

extension Sequence<MetricDataQueryShape> {
    func queries() throws(Refusal) -> [AlarmDefinition.Query] {
        var queries: [AlarmDefinition.Query] = []
        for shape in self { queries.append(try shape.query()) }
        return queries
    }
}
