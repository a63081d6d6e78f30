package import BerthKernel
package import OrderedCollections

/// What GetMetricStatistics asks for.
package struct StatisticsRequest: Hashable, Codable, Sendable {
    package var identity: MetricIdentity
    /// World time, inclusive.
    package var start: Instant
    /// World time, exclusive.
    package var end: Instant
    /// AWS's period; buckets are as wide as the pace makes it.
    package var period: Duration
    package var statistics: [String]
    package var extendedStatistics: [String]
    package var unit: String?

    package init(
        identity: MetricIdentity, start: Instant, end: Instant, period: Duration, statistics: [String],
        extendedStatistics: [String] = [], unit: String? = nil
    ) {
        self.identity = identity
        self.start = start
        self.end = end
        self.period = period
        self.statistics = statistics
        self.extendedStatistics = extendedStatistics
        self.unit = unit
    }
}

/// One bucket of GetMetricStatistics' answer.
package struct StatisticsDatapoint: Hashable, Sendable {
    package let instant: Instant
    package let unit: String
    /// By the statistic's name as asked, plain and extended ones alike.
    package let values: OrderedDictionary<String, Double>
}

extension Metrics {
    /// GetMetricStatistics.
    ///
    /// Where data came in several units and none was asked for, a bucket has a datapoint for each of them.
    package func statistics(_ request: StatisticsRequest) throws(Refusal) -> [StatisticsDatapoint] {
        let wanted = try check(request)
        let grid = BucketGrid(from: request.start, to: request.end, width: pace(request.period))
        let units = (series[request.identity] ?? []).map(\.unit)
            .filter { request.unit == nil || $0 == request.unit }
        return units.flatMap { unit in
            statistics(of: request.identity, unit: unit, in: grid).map { bucket in
                let values = wanted.compactMap { name, statistic in
                    bucket.statistics.value(of: statistic).map { (name, $0) }
                }
                return StatisticsDatapoint(
                    instant: bucket.start, unit: unit,
                    values: OrderedDictionary(values) { first, _ in first })
            }
        }
    }

    private func check(_ request: StatisticsRequest) throws(Refusal) -> [(String, Statistic)] {
        guard request.start < request.end else { throw .emptyTimeRange() }
        let seconds = try Self.checkedSeconds(of: request.period)
        let names = request.statistics + request.extendedStatistics
        guard !names.isEmpty else {
            throw .missingParameter(
                "At least one of the parameters Statistics or ExtendedStatistics must be specified.")
        }
        var wanted: [(String, Statistic)] = []
        for (index, name) in names.enumerated() {
            let isPlain = index < request.statistics.count
            guard let statistic = Statistic(name), statistic.isPlain == isPlain else {
                let parameter = isPlain ? "Statistics" : "ExtendedStatistics"
                throw .invalidValue("The value \(name) for parameter \(parameter) is not supported.")
            }
            wanted.append((name, statistic))
        }
        let span = (request.end - request.start).microseconds * Int64(pace.factor)
        let requested = Int(span / (Int64(seconds) * 1_000_000))
        guard requested <= MetricsLimits.statisticsDatapoints else { throw .tooManyDatapoints(requested) }
        return wanted
    }

    /// The period in whole seconds, when AWS knows it.
    ///
    /// Periods below a minute exist but hold no data here.
    static func checkedSeconds(of period: Duration) throws(Refusal) -> Int {
        let seconds = Int(period.microseconds / 1_000_000)
        guard [1, 5, 10, 20, 30].contains(seconds) || (seconds > 0 && seconds % 60 == 0) else {
            throw .badPeriod(seconds)
        }
        return seconds
    }
}
