import BerthKernel
import BerthTestSupport
import DequeModule
import Foundation
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct MetricsPropertyTests {
    @Test(arguments: UInt64(1)...12)
    func `small steps and one large step end in the same state`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "test")
        var coarse = Metrics.fixture(
            pace: Pace(factor: [1, 7, 60][random.nextIndex(below: 3)]),
            settings: MetricsSettings(phase: random.nextIndex(below: 2) == 0 ? .tidy : .hashed))
        var now = Instant.monday
        for index in 0..<5 {
            let treatments = AlarmDefinition.MissingData.allCases
            try coarse.putAlarm(
                .fixture(
                    name: "a\(index)", period: 60 * Int64(1 + random.nextIndex(below: 5)), periods: 1 + index,
                    missing: treatments[random.nextIndex(below: treatments.count)],
                    actions: [AlarmDefinition.policy]), at: now)
        }
        var fine = coarse
        for _ in 0..<20 {
            let value = Double(random.nextIndex(below: 3))
            let lag = Int64(random.nextIndex(below: 200))
            coarse.depth(value, at: now, lag: lag)
            fine.depth(value, at: now, lag: lag)
            let later = now + .seconds(Int64(random.nextIndex(below: 400)))
            while now < later {
                now = min(later, now + .microseconds(Int64(1 + random.nextIndex(below: 60_000_000))))
                fine.advance(to: now)
            }
            fine.advance(to: later)
            coarse.advance(to: later)
            let isEqual = fine == coarse
            try #require(isEqual)
        }
    }

    @Test func `a snapshot gives back equal metrics`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(actions: [AlarmDefinition.policy]), at: .at(10, 0))
        for value in 1...5 { metrics.depth(Double(value), at: .at(10, 0, Int64(value)), lag: 5) }
        metrics.depth(1, at: .at(10, 0, 58), lag: 90)
        metrics.advance(to: .at(10, 1))
        let decoded = try JSONDecoder().decode(Metrics.self, from: JSONEncoder().encode(metrics))
        #expect(decoded == metrics)
    }

    @Test func `the schedule holds every alarm once, in order`() throws {
        var metrics = Metrics.fixture(settings: MetricsSettings(phase: .hashed))
        var random = RandomStream(seed: 3, purpose: "test")
        var now = Instant.monday
        for _ in 0..<300 {
            let name = "a\(random.nextIndex(below: 12))"
            if random.nextIndex(below: 3) == 0 {
                metrics.deleteAlarms([name], at: now)
            } else {
                try metrics.putAlarm(.fixture(name: name), at: now)
            }
            now = now + .seconds(Int64(random.nextIndex(below: 90)))
            metrics.advance(to: now)
            #expect(metrics.agenda.map(\.alarm).sorted() == metrics.alarms.keys.sorted())
            #expect(metrics.agenda.map(\.due) == metrics.agenda.map(\.due).sorted())
        }
    }
}
