import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthMetrics

@Suite struct PutDataTests {
    @Test(arguments: [
        (
            MetricDatum(name: "n", value: 1, values: [2]), "InvalidParameterCombinationException",
            "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you "
                + "have specified both."
        ),
        (
            MetricDatum(name: "n", values: [1, 2], counts: [1]), "InvalidParameterValueException",
            "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."
        ),
        (
            MetricDatum(name: "n", value: .nan), "InvalidParameterValueException",
            "The value NaN for parameter MetricData.member.1.Value is invalid."
        ),
    ])
    func `a bad datum is refused and changes nothing`(datum: MetricDatum, code: String, message: String) {
        var metrics = Metrics.fixture()
        let before = metrics
        #expect(throws: Refusal(code: code, message: message)) {
            try metrics.putData(namespace: "Mine", [datum], at: .monday)
        }
        #expect(metrics == before)
    }

    @Test func `one wrong datum refuses all`() {
        var metrics = Metrics.fixture()
        #expect(throws: Refusal.self) {
            try metrics.putData(
                namespace: "Mine", [MetricDatum(name: "a", value: 1), MetricDatum(name: "b")], at: .monday)
        }
        #expect(metrics.series.isEmpty)
    }

    @Test func `a summary of several values has no percentiles`() throws {
        var metrics = Metrics.fixture()
        let summary = MetricDatum.Summary(sampleCount: 4, sum: 10, minimum: 1, maximum: 4)
        try metrics.putData(namespace: "Mine", [MetricDatum(name: "a", summary: summary)], at: .monday)
        let identity = MetricIdentity(namespace: "Mine", name: "a", dimensions: [])
        let set = metrics.series[identity]?.first?.statistics(from: .monday, to: .monday + .seconds(60))
        #expect(set?.value(of: .average) == 2.5)
        #expect(set?.value(of: .percentile(50)) == nil)
    }

    @Test func `counted values weigh as often as they came`() throws {
        var metrics = Metrics.fixture()
        try metrics.putData(
            namespace: "Mine", [MetricDatum(name: "a", values: [1, 9], counts: [9, 1])], at: .monday)
        let identity = MetricIdentity(namespace: "Mine", name: "a", dimensions: [])
        let set = metrics.series[identity]?.first?.statistics(from: .monday, to: .monday + .seconds(60))
        #expect(set?.value(of: .percentile(90)) == 1)
        #expect(set?.value(of: .percentile(91)) == 9)
        #expect(set?.value(of: .sum) == 18)
    }
}
