import BerthKernel

extension Metrics {
    /// One statistic of a metric on a grid; buckets without data have no point.
    func points(of identity: MetricIdentity, statistic: String, unit: String?, in grid: BucketGrid) -> [MetricPoint] {
        guard let statistic = Statistic(statistic) else { return [] }
        return statistics(of: identity, unit: unit, in: grid).compactMap { bucket in
            bucket.statistics.value(of: statistic).map { MetricPoint(instant: bucket.start, value: $0) }
        }
    }
}
