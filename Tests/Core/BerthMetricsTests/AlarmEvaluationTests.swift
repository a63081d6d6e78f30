import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct AlarmEvaluationTests {
    @Test func `a breach is seen at the first minute after it became available`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(), at: .at(10, 0))
        metrics.depth(5, at: .at(10, 0, 10), lag: 125)

        metrics.advance(to: .at(10, 2))
        #expect(metrics.alarms["deep"]?.state == .insufficientData)
        metrics.advance(to: .at(10, 2, 59))
        #expect(metrics.alarms["deep"]?.state == .insufficientData)
        metrics.advance(to: .at(10, 3))
        #expect(metrics.alarms["deep"]?.state == .alarm)
    }

    /// Two recorded incidents: minutes and treatment as observed, reference B.6 and H.2.
    @Test(arguments: [
        (Int64(900), 1, AlarmDefinition.MissingData.notBreaching, (19, 50, 31), (20, 36), AlarmState.ok),
        (900, 8, .breaching, (5, 43, 53), (8, 14), .alarm),
    ])
    func `an alarm lets go of its last datapoint when that leaves the range`(
        period: Int64, periods: Int, missing: AlarmDefinition.MissingData, last: (Int64, Int64, Int64),
        flips: (Int64, Int64), becomes: AlarmState
    ) throws {
        var metrics = Metrics.fixture()
        let breaching = becomes == .ok
        let lastPoint = Instant.at(last.0, last.1, last.2)
        try metrics.putAlarm(
            .fixture(period: period, periods: periods, missing: missing), at: lastPoint - .seconds(period * 12))
        for index in 0..<12 { metrics.depth(breaching ? 1 : 0, at: lastPoint - .seconds(period * Int64(11 - index))) }
        metrics.advance(to: .at(flips.0, flips.1) - .seconds(1))
        let before = try #require(metrics.alarms["deep"])
        metrics.advance(to: .at(flips.0, flips.1))
        let after = try #require(metrics.alarms["deep"])
        #expect(before.state == (breaching ? .alarm : .ok))
        #expect(after.state == becomes)
        #expect(after.transitioned == .at(flips.0, flips.1))
    }

    @Test func `a five-minute window slides by the minute`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(period: 300), at: .at(10, 0))
        metrics.depth(5, at: .at(10, 1, 30))
        for minute: Int64 in 2...8 { metrics.depth(0, at: .at(10, minute, 30)) }

        metrics.advance(to: .at(10, 2))
        #expect(metrics.alarms["deep"]?.state == .alarm)
        metrics.advance(to: .at(10, 6))
        #expect(metrics.alarms["deep"]?.state == .alarm)
        metrics.advance(to: .at(10, 7))
        #expect(metrics.alarms["deep"]?.state == .ok)
    }

    @Test func `scaling actions repeat each minute, other actions run once`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(actions: [AlarmDefinition.policy, AlarmDefinition.topic]), at: .at(10, 0))
        for minute: Int64 in 0...3 { metrics.depth(Double(minute + 2), at: .at(10, minute, 30)) }
        metrics.advance(to: .at(10, 4))

        let events = metrics.drain()
        #expect(events.transitions == [.alarm])
        #expect(events.invocations.filter { $0.action == AlarmDefinition.topic }.count == 1)
        let calls = events.invocations.filter { $0.action == AlarmDefinition.policy }
        #expect(calls.map(\.trigger.recentDatapoints) == [[2], [3], [4], [5]])
    }

    @Test func `an alarm without data goes to INSUFFICIENT_DATA only after having had some`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(), at: .at(10, 0))
        metrics.depth(0, at: .at(10, 0, 30))
        metrics.advance(to: .at(10, 6))
        #expect(metrics.alarms["deep"]?.state == .ok)
        metrics.advance(to: .at(10, 7))
        #expect(metrics.alarms["deep"]?.state == .insufficientData)
        #expect(metrics.alarms["deep"]?.stateReason == "Insufficient Data: 1 datapoint was unknown.")
    }

    @Test func `a paced minute is a second of world time`() throws {
        var metrics = Metrics.fixture(pace: Pace(factor: 60))
        try metrics.putAlarm(.fixture(), at: .at(10, 0))
        metrics.depth(5, at: .at(10, 0))
        #expect(metrics.nextDeadline == .at(10, 0, 1))
        metrics.advance(to: .at(10, 0, 1))
        #expect(metrics.alarms["deep"]?.state == .alarm)
    }

    @Test func `each alarm has its own second when phases are hashed`() throws {
        var metrics = Metrics.fixture(settings: MetricsSettings(phase: .hashed))
        for index in 0..<20 { try metrics.putAlarm(.fixture(name: "alarm-\(index)"), at: .at(10, 0)) }
        let dues = metrics.agenda.map(\.due)
        #expect(dues == dues.sorted())
        #expect(Set(dues).count > 5)
        #expect(dues.allSatisfy { $0 > .at(10, 0) && $0 <= .at(10, 1) })
    }

    @Test func `SetAlarmState runs actions with the datapoints it was given, and the next minute undoes it`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(actions: [AlarmDefinition.policy]), at: .at(10, 0))
        metrics.depth(0, at: .at(10, 0, 10))
        try metrics.setAlarmState(
            name: "deep", state: .alarm, reason: "test", reasonData: #"{"recentDatapoints": [3.0, 12.5]}"#,
            at: .at(10, 0, 30))
        #expect(metrics.drain().invocations.map(\.trigger.recentDatapoints) == [[3, 12.5]])
        metrics.advance(to: .at(10, 1))
        #expect(metrics.alarms["deep"]?.state == .ok)
    }

    @Test func `a metric math alarm watches the expression`() throws {
        var metrics = Metrics.fixture()
        let queries = [
            AlarmDefinition.Query(
                id: "m1", source: .metric(.depth, statistic: "Maximum", period: .seconds(60), unit: nil),
                returnsData: false),
            AlarmDefinition.Query(id: "e1", source: .expression("FILL(m1, 0) / 2 + 1")),
        ]
        try metrics.putAlarm(
            AlarmDefinition(
                name: "math", queries: queries, period: .seconds(60), evaluationPeriods: 1, threshold: 3,
                comparison: .greaterThanThreshold), at: .at(10, 0))
        metrics.depth(5, at: .at(10, 0, 30))
        metrics.advance(to: .at(10, 1))
        #expect(metrics.alarms["math"]?.state == .alarm)
        metrics.advance(to: .at(10, 2))
        #expect(metrics.alarms["math"]?.state == .ok)
    }
}
