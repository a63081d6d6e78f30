import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct AlarmTextTests {
    @Test func `a reason lists its datapoints`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(), at: .at(10, 0))
        metrics.depth(25, at: .at(10, 0, 30))
        metrics.advance(to: .at(10, 1))
        let alarm = try #require(metrics.alarms["deep"])
        #expect(
            alarm.stateReason
                == "Threshold Crossed: 1 datapoint [25.0 (05/01/26 10:00:00)] was greater than or equal to the "
                + "threshold (1.0).")
        #expect(
            alarm.stateReasonData == """
                {"version":"1.0","queryDate":"2026-01-05T10:01:00.000+0000",\
                "startDate":"2026-01-05T10:00:00.000+0000","statistic":"Maximum","period":60,\
                "recentDatapoints":[25.0],"threshold":1.0,\
                "evaluatedDatapoints":[{"timestamp":"2026-01-05T10:00:00.000+0000","sampleCount":1.0,"value":25.0}]}
                """)
    }

    @Test func `M of N names both and the minimum`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(periods: 3, needed: 2), at: .at(10, 0))
        for (minute, value) in [(Int64(0), 0.0), (1, 2), (2, 3)] { metrics.depth(value, at: .at(10, minute, 5)) }
        metrics.advance(to: .at(10, 3))
        #expect(
            metrics.alarms["deep"]?.stateReason
                == "Threshold Crossed: 2 out of the last 3 datapoints [3.0 (05/01/26 10:02:00), "
                + "2.0 (05/01/26 10:01:00)] were greater than or equal to the threshold (1.0) "
                + "(minimum 2 datapoints for OK -> ALARM transition).")
    }

    @Test func `five datapoints are listed behind the sentence`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(periods: 5), at: .at(10, 0))
        for minute: Int64 in 0..<5 { metrics.depth(2, at: .at(10, minute, 5)) }
        metrics.advance(to: .at(10, 5))
        let reason = try #require(metrics.alarms["deep"]?.stateReason)
        #expect(reason.hasPrefix("Threshold Crossed: 5 datapoints were greater than or equal to the threshold (1.0). "))
        #expect(reason.contains("The most recent datapoints which crossed the threshold: [2.0 (05/01/26 10:04:00), "))
    }

    @Test func `filled gaps are named`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(missing: .notBreaching), at: .at(10, 0))
        metrics.advance(to: .at(10, 1))
        #expect(
            metrics.alarms["deep"]?.stateReason
                == "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was "
                + "treated as [NonBreaching].")
    }

    @Test(arguments: [
        (0.0, "0.0"), (20_000, "20000.0"), (1.0166666666666666, "1.0166666666666666"), (1e7, "1.0E7"),
        (12_345_678.5, "1.23456785E7"), (0.0001, "1.0E-4"), (-2.5e-9, "-2.5E-9"), (1e21, "1.0E21"),
    ])
    func `numbers are written as Java writes doubles`(number: Double, text: String) {
        #expect(number.asJavaText == text)
    }

    @Test func `history tells creation, transitions and actions, newest first`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(actions: [AlarmDefinition.policy]), at: .at(10, 0))
        metrics.depth(25, at: .at(10, 0, 30))
        metrics.advance(to: .at(10, 1))
        #expect(
            metrics.history(of: "deep").map(\.summary) == [
                "Successfully executed action \(AlarmDefinition.policy)",
                "Alarm updated from INSUFFICIENT_DATA to ALARM", "Alarm \"deep\" created",
            ])
        metrics.actionFailed(alarm: "deep", action: AlarmDefinition.policy, error: "no step", at: .at(10, 1))
        #expect(
            metrics.history(of: "deep", kind: .action).map(\.summary) == [
                "Failed to execute action \(AlarmDefinition.policy)"
            ])
    }
}
