package import BerthKernel
import OrderedCollections

/// What GetMetricData asks for.
package struct DataRequest: Hashable, Codable, Sendable {
    package var queries: [AlarmDefinition.Query]
    /// World time, inclusive.
    package var start: Instant
    /// World time, exclusive.
    package var end: Instant
    /// TimestampDescending, AWS's default.
    package var newestFirst: Bool

    package init(queries: [AlarmDefinition.Query], start: Instant, end: Instant, newestFirst: Bool = true) {
        self.queries = queries
        self.start = start
        self.end = end
        self.newestFirst = newestFirst
    }
}

/// What one query of GetMetricData gave.
package struct DataResult: Hashable, Sendable {
    package struct Message: Hashable, Sendable {
        package let code: String
        package let value: String
    }

    package let id: String
    package let label: String
    package let points: [MetricPoint]
    package let messages: [Message]
}

extension Metrics {
    /// GetMetricData: a result for each series of each query that returns data.
    ///
    /// No data is an empty result.
    ///
    /// Pages are the caller's business; the whole answer is bounded by AWS's limit on datapoints.
    package func data(_ request: DataRequest) throws(Refusal) -> [DataResult] {
        let queries = try check(request)
        var evaluation = MathEvaluation(queries: queries, metrics: self) {
            BucketGrid(from: request.start, to: request.end, width: pace($0))
        }
        let labels = DataLabels(request.queries)
        var results: [DataResult] = []
        for query in request.queries where query.returnsData {
            let list: [[MetricPoint]]
            do throws(MathError) {
                switch try evaluation.value(of: query.id) {
                case .series(let points): list = [points]
                case .list(let several): list = several
                case let other: throw MathError("the result is \(other.kindName), not a time series")
                }
            } catch {
                throw .expressionError(query.id, error.explanation)
            }
            for points in list {
                results.append(
                    DataResult(
                        id: query.id, label: labels.label(of: query),
                        points: request.newestFirst ? points.reversed() : points, messages: messages(for: query)))
            }
        }
        return results
    }

    private func check(_ request: DataRequest) throws(Refusal) -> MetricQueries {
        guard request.start < request.end else { throw .emptyTimeRange() }
        guard request.queries.count <= MetricsLimits.dataQueries else {
            throw .invalidValue(
                "The collection MetricDataQueries must not have a size greater than \(MetricsLimits.dataQueries).")
        }
        let queries = MetricQueries(request.queries)
        try queries.check()
        let span = (request.end - request.start).microseconds * Int64(pace.factor)
        for query in request.queries {
            guard case .metric(_, let statistic, let period, _) = query.source else { continue }
            let seconds = try Self.checkedSeconds(of: period)
            guard Statistic(statistic) != nil else {
                throw .invalidValue("The value \(statistic) for parameter Stat is not supported.")
            }
            guard span / (Int64(seconds) * 1_000_000) <= Int64(MetricsLimits.dataDatapoints) else {
                throw .invalidValue(
                    "The time range and Period of query \(query.id) give more than \(MetricsLimits.dataDatapoints) "
                        + "datapoints.")
            }
        }
        return queries
    }

    /// AWS merges data of several units without saying how, and warns.
    private func messages(for query: AlarmDefinition.Query) -> [DataResult.Message] {
        guard case .metric(let identity, _, _, nil) = query.source else { return [] }
        let units = (series[identity] ?? []).map(\.unit).sorted()
        guard units.count > 1 else { return [] }
        return [
            DataResult.Message(
                code: "MultipleUnits", value: "Multiple units returned: '[\(units.joined(separator: ", "))]'")
        ]
    }
}

/// The labels AWS gives results: what tells a series from the others of the call, and no more (B.2).
private struct DataLabels {
    private let plain: [(identity: MetricIdentity, statistic: String, period: Duration)]

    init(_ queries: [AlarmDefinition.Query]) {
        plain = queries.filter(\.returnsData).compactMap { query in
            guard case .metric(let identity, let statistic, let period, _) = query.source else { return nil }
            return (identity, statistic, period)
        }
    }

    func label(of query: AlarmDefinition.Query) -> String {
        if let label = query.label { return label }
        guard case .metric(let identity, let statistic, let period, _) = query.source else { return query.id }
        let namesakes = plain.filter { $0.identity.name == identity.name }
        var label = identity.name
        if namesakes.contains(where: { $0.statistic != statistic }) { label += " \(statistic)" }
        if namesakes.contains(where: { $0.period != period }) {
            label += " \(period.microseconds / 1_000_000)"
        }
        return label
    }
}
