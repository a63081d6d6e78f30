import BerthKernel
import DequeModule
import OrderedCollections

/// Equally wide buckets without gaps, beginning anywhere: readers align them to the epoch, alarms do not.
struct BucketGrid: Hashable, Sendable {
    let start: Instant
    let width: Duration
    let count: Int

    /// The grid of a read: buckets lie at multiples of `width` since the epoch, the first contains `start`.
    init(from start: Instant, to end: Instant, width: Duration) {
        self.start = start.floored(to: width)
        self.width = width
        let span = (end - self.start).microseconds
        count = Int(max(0, (span + width.microseconds - 1) / width.microseconds))
    }

    /// The grid of an alarm: `count` buckets, the newest of which ends at `end`.
    init(endingAt end: Instant, width: Duration, count: Int) {
        start = Instant(microseconds: end.microseconds - width.microseconds * Int64(count))
        self.width = width
        self.count = count
    }

    func start(of index: Int) -> Instant {
        Instant(microseconds: start.microseconds + width.microseconds * Int64(index))
    }
}

extension Metrics {
    /// What the metric's series hold in each bucket of the grid that has data, oldest first.
    ///
    /// Without a unit, series of all units count together.
    func statistics(
        of identity: MetricIdentity, unit: String?, in grid: BucketGrid
    ) -> [(start: Instant, statistics: StatisticSet)] {
        let matching = (series[identity] ?? []).filter { unit == nil || $0.unit == unit }
        guard !matching.isEmpty else { return [] }
        return (0..<grid.count).compactMap { index in
            let start = grid.start(of: index)
            var merged: StatisticSet?
            for series in matching {
                guard let found = series.statistics(from: start, to: start + grid.width) else { continue }
                if merged == nil { merged = found } else { merged?.merge(found) }
            }
            return merged.map { (start, $0) }
        }
    }
}
