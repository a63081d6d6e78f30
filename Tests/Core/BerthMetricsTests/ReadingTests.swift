import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct ReadingTests {
    private func points(_ expression: String, in metrics: Metrics) throws -> [Double] {
        let queries = [
            AlarmDefinition.Query(
                id: "m1", source: .metric(.depth, statistic: "Sum", period: .seconds(60), unit: nil), returnsData: false
            ),
            AlarmDefinition.Query(
                id: "m2",
                source: .metric(
                    MetricIdentity(namespace: "N", name: "other", dimensions: []), statistic: "Sum",
                    period: .seconds(60), unit: nil), returnsData: false),
            AlarmDefinition.Query(id: "e1", source: .expression(expression)),
        ]
        return try metrics.data(
            DataRequest(queries: queries, start: .at(10, 0), end: .at(10, 4), newestFirst: false)
        ).flatMap { $0.points.map(\.value) }
    }

    /// m1 is 10, 20, –, 40 in the four minutes; m2 is 2, 0, 5, –.
    @Test(arguments: [
        ("m1 / m2", [5, 0]),
        ("m1 + m2", [12, 20, 5, 40]),
        ("-m1 ^ 2", [-100, -400, -1_600]),
        ("2 * (m1 - 5)", [10, 30, 70]),
        ("FILL(m1, 0)", [10, 20, 0, 40]),
        ("FILL(m1, REPEAT)", [10, 20, 20, 40]),
        ("FILL(m1, LINEAR)", [10, 20, 30, 40]),
        ("IF(m2 > 0, m1 / m2, m1)", [5, 20, 0, 40]),
        ("IF(m1 > 15, m1)", [20, 40]),
        ("SUM(METRICS())", [12, 20, 5, 40]),
        ("AVG([m1, m2])", [6, 10, 5, 40]),
        ("m1 / MAX(m1)", [0.25, 0.5, 1]),
        ("CEIL(m1 / 3)", [4, 7, 14]),
        ("m1 > 10 AND m2 == 0", [0, 1, 0, 0]),
        ("RATE(m1) * PERIOD(m1)", [10, 10]),
        ("TIME_SERIES(1 + 2 * 3)", [7, 7, 7, 7]),
    ])
    func `metric math computes point by point`(expression: String, expected: [Double]) throws {
        var metrics = Metrics.fixture()
        let other = MetricIdentity(namespace: "N", name: "other", dimensions: [])
        for (minute, value) in [(Int64(0), 10.0), (1, 20), (3, 40)] { metrics.depth(value, at: .at(10, minute)) }
        for (minute, value) in [(Int64(0), 2.0), (1, 0), (2, 5)] {
            metrics.put([MetricSample(other, unit: nil, value: value, at: .at(10, minute))], at: .at(10, 3))
        }
        #expect(try points(expression, in: metrics) == expected)
    }

    @Test(arguments: [
        ("m1 +", "unexpected end of expression"), ("m9", "'m9' is not the id of another query"),
        ("SEARCH(m1)", "the function SEARCH is not supported"), ("5", "the result is a scalar, not a time series"),
        ("e1 + 1", "the expressions refer to each other in a circle: e1 -> e1"),
    ])
    func `an expression that makes no sense is refused with its id`(expression: String, explanation: String) {
        #expect(throws: Refusal(code: "ValidationError", message: "Error in expression 'e1': \(explanation)")) {
            try points(expression, in: .fixture())
        }
    }

    @Test func `statistics are of everything that fell into the bucket`() throws {
        var metrics = Metrics.fixture()
        for second: Int64 in 0..<10 { metrics.depth(Double(second + 1), at: .at(10, 0, second)) }
        let request = StatisticsRequest(
            identity: .depth, start: .at(10, 0), end: .at(10, 5), period: .seconds(300),
            statistics: ["SampleCount", "Sum", "Average", "Minimum", "Maximum"], extendedStatistics: ["p50", "p90"])
        let datapoints = try metrics.statistics(request)
        let datapoint = try #require(datapoints.first)
        #expect(
            datapoint.values == [
                "SampleCount": 10, "Sum": 55, "Average": 5.5, "Minimum": 1, "Maximum": 10, "p50": 5, "p90": 9,
            ])
        #expect(datapoint.instant == .at(10, 0))
        #expect(datapoint.unit == "Count")
    }

    @Test(arguments: [(Int64(86_400), true), (86_460, false)])
    func `at most 1,440 datapoints may be asked for`(seconds: Int64, isAllowed: Bool) {
        let request = StatisticsRequest(
            identity: .depth, start: .monday, end: .monday + .seconds(seconds), period: .seconds(60),
            statistics: ["Sum"])
        let answer = try? Metrics.fixture().statistics(request)
        #expect((answer != nil) == isAllowed)
    }

    @Test func `a sample cannot be read before it is available`() throws {
        var metrics = Metrics.fixture()
        metrics.depth(5, at: .at(10, 0), lag: 75)
        metrics.advance(to: .at(10, 1, 14))
        #expect(metrics.list(at: .at(10, 1, 14)).isEmpty)
        #expect(metrics.nextDeadline == .at(10, 1, 15))
        metrics.advance(to: .at(10, 1, 15))
        #expect(metrics.list(at: .at(10, 1, 15)) == [.depth])
    }

    @Test func `labels tell only what distinguishes`() throws {
        func query(_ id: String, _ statistic: String, _ period: Int64) -> AlarmDefinition.Query {
            AlarmDefinition.Query(
                id: id, source: .metric(.depth, statistic: statistic, period: .seconds(period), unit: nil))
        }
        let results = try Metrics.fixture().data(
            DataRequest(queries: [query("a", "Sum", 60), query("b", "Sum", 300)], start: .at(10, 0), end: .at(10, 5)))
        #expect(
            results.map(\.label) == [
                "ApproximateNumberOfMessagesVisible 60", "ApproximateNumberOfMessagesVisible 300",
            ])
        #expect(results.map(\.points) == [[], []])
    }

    @Test func `old data is dropped`() {
        var metrics = Metrics.fixture()
        metrics.depth(5, at: .at(10, 0))
        metrics.advance(to: .monday + .seconds(15 * 86_400))
        #expect(metrics.series.count == 1)
        metrics.advance(to: .monday + .seconds(17 * 86_400))
        #expect(metrics.series.isEmpty)
        #expect(metrics.nextDeadline == nil)
    }
}
