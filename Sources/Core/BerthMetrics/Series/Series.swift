package import BerthKernel
package import DequeModule

/// The one-minute buckets of one metric in one unit, oldest first.
///
/// Minutes without data have none.
package struct Series: Sendable, Equatable, Codable {
    /// The unit of data that was sent without one.
    package static let unitless = "None"

    package struct Bucket: Sendable, Equatable, Codable {
        package let start: Instant
        package internal(set) var statistics: StatisticSet
    }

    package let unit: String
    package private(set) var buckets: Deque<Bucket> = []

    init(unit: String) {
        self.unit = unit
    }

    mutating func add(_ sample: MetricSample, to start: Instant) {
        let index = buckets.partitioningIndex { $0.start >= start }
        if index < buckets.endIndex, buckets[index].start == start {
            buckets[index].statistics.merge(StatisticSet(sample))
        } else {
            buckets.insert(Bucket(start: start, statistics: StatisticSet(sample)), at: index)
        }
    }

    mutating func drop(before oldest: Instant) {
        while let first = buckets.first, first.start < oldest { buckets.removeFirst() }
    }

    /// Everything that fell into `start..<end`, or `nil` when nothing did.
    package func statistics(from start: Instant, to end: Instant) -> StatisticSet? {
        var result: StatisticSet?
        var index = buckets.partitioningIndex { $0.start >= start }
        while index < buckets.endIndex, buckets[index].start < end {
            if result == nil {
                result = buckets[index].statistics
            } else {
                result?.merge(buckets[index].statistics)
            }
            index += 1
        }
        return result
    }
}

extension [Series] {
    /// Changes the series of `unit`, beginning one when there is none.
    mutating func withSeries(of unit: String, _ change: (inout Series) -> Void) {
        if let index = firstIndex(where: { $0.unit == unit }) {
            change(&self[index])
        } else {
            var series = Series(unit: unit)
            change(&series)
            append(series)
        }
    }
}
