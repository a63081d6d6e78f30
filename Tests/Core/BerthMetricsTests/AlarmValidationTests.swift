import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct AlarmValidationTests {
    @Test(arguments: [
        (
            AlarmDefinition.fixture(periods: 1, needed: 2),
            "DatapointsToAlarm must be less than or equal to EvaluationPeriods"
        ),
        (.fixture(period: 90), "Period must be 10, 20, 30 or a multiple of 60"),
        (.fixture(period: 300, periods: 289), "EvaluationPeriods * Period must be <= 86400"),
        (.fixture(statistic: "p101"), "The value p101 for parameter ExtendedStatistic is not supported."),
        (.fixture(actions: ["arn:aws:ec2:us-east-1:0:x"]), "Unsupported AWS vendor ec2"),
        (
            .fixture(actions: ["arn:aws:sns:eu-west-1:0:x"]),
            "Invalid region eu-west-1 specified. Only us-east-1 is supported."
        ),
    ])
    func `a bad definition is refused and changes nothing`(definition: AlarmDefinition, message: String) {
        var metrics = Metrics.fixture()
        let before = metrics
        #expect(throws: Refusal(code: "ValidationError", message: message)) {
            try metrics.putAlarm(definition, at: .monday)
        }
        #expect(metrics == before)
    }

    @Test func `the longest window is allowed`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(period: 300, periods: 288), at: .monday)
    }

    @Test func `replacing an alarm keeps its state`() throws {
        var metrics = Metrics.fixture()
        try metrics.putAlarm(.fixture(), at: .at(10, 0))
        metrics.depth(5, at: .at(10, 0, 10))
        metrics.advance(to: .at(10, 1))
        try metrics.putAlarm(.fixture(threshold: 100), at: .at(10, 1, 5))
        #expect(metrics.alarms["deep"]?.state == .alarm)
        #expect(metrics.agenda.count == 1)
    }
}
