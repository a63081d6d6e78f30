package import BerthKernel
package import DequeModule
package import OrderedCollections

/// CloudWatch as far as scaling needs it: series by the minute, their statistics, and alarms.
///
/// Minutes and periods are paced: at pace 60 a bucket of "60 seconds" is one second of world time, and
/// that is how long an alarm's minute lasts. Timestamps in answers stay world time. Nothing here is random.
package struct Metrics: Sendable, Equatable, Codable {
    package let tenancy: Tenancy
    package let pace: Pace
    package let settings: MetricsSettings

    /// What can be read now, by identity and then by unit.
    ///
    /// A sample enters when it becomes available.
    package internal(set) var series: OrderedDictionary<MetricIdentity, [Series]> = [:]
    /// Alarms by name, oldest first.
    package internal(set) var alarms: OrderedDictionary<String, Alarm> = [:]
    /// Newest last, also of alarms since deleted; bounded by age and count.
    package internal(set) var historyItems: Deque<AlarmHistoryItem> = []

    /// Published samples nobody may see yet, by the moment they become available.
    var awaited: Deque<MetricSample> = []
    /// Who is evaluated when, earliest first.
    ///
    /// Every alarm is in it once.
    var agenda: Deque<Evaluation> = []
    /// When series without recent data are dropped next.
    var sweepDue: Instant?
    var outbox: [MetricsEvent] = []

    struct Evaluation: Hashable, Codable, Sendable, Comparable {
        let due: Instant
        let alarm: String

        static func < (left: Self, right: Self) -> Bool {
            (left.due, left.alarm) < (right.due, right.alarm)
        }
    }

    package init(tenancy: Tenancy, pace: Pace, settings: MetricsSettings = MetricsSettings()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
    }

    /// The next moment a sample becomes available, an alarm is evaluated or old data is dropped.
    package var nextDeadline: Instant? {
        .earliest(.earliest(awaited.first?.availableAt, agenda.first?.due), sweepDue)
    }

    /// Lets time pass.
    ///
    /// At one moment samples come before alarms: an alarm sees what became available then.
    package mutating func advance(to now: Instant) {
        while let due = nextDeadline, due <= now {
            while let sample = awaited.first, sample.availableAt <= due {
                awaited.removeFirst()
                record(sample)
            }
            if let sweep = sweepDue, sweep <= due { dropOldData(at: sweep) }
            while let evaluation = agenda.first, evaluation.due <= due {
                agenda.removeFirst()
                // Every alarm's minute is equally long, so the repeated evaluation is always the latest.
                agenda.append(Evaluation(due: evaluation.due + pace.minute, alarm: evaluation.alarm))
                evaluate(evaluation.alarm, at: evaluation.due)
            }
        }
    }

    /// What happened since this was last asked, in order.
    package mutating func drain() -> [MetricsEvent] {
        defer { outbox = [] }
        return outbox
    }

    /// Takes samples from the machines of this world, which need no checking.
    package mutating func put(_ samples: [MetricSample], at now: Instant) {
        for sample in samples {
            if sample.availableAt <= now {
                record(sample)
            } else {
                let index = awaited.partitioningIndex { $0.availableAt > sample.availableAt }
                awaited.insert(sample, at: index)
            }
        }
    }

    private mutating func record(_ sample: MetricSample) {
        let unit = sample.unit ?? Series.unitless
        let kept = sample.instant.floored(to: pace.minute)
        let oldest = kept - pace(MetricsLimits.retention)
        series[sample.identity, default: []].withSeries(of: unit) {
            $0.add(sample, to: kept)
            $0.drop(before: oldest)
        }
        if sweepDue == nil { sweepDue = nextSweep(after: sample.availableAt) }
    }

    /// Once a (paced) day.
    private func nextSweep(after instant: Instant) -> Instant {
        let day = pace(.seconds(86_400))
        return instant.floored(to: day) + day
    }

    private mutating func dropOldData(at now: Instant) {
        let oldest = now - pace(MetricsLimits.retention)
        for index in series.values.indices {
            for unit in series.values[index].indices { series.values[index][unit].drop(before: oldest) }
            series.values[index].removeAll { $0.buckets.isEmpty }
        }
        series.removeAll { $0.value.isEmpty }
        sweepDue = series.isEmpty ? nil : nextSweep(after: now)
        forgetHistory(before: now - pace(MetricsLimits.historyRetention))
    }
}
