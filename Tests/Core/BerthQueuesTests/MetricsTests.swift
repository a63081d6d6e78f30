import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthQueues

struct MetricsTests {
    private func values(_ samples: [MetricSample]) -> [String: Double] {
        samples.reduce(into: [:]) { $0[$1.identity.name] = $1.sum }
    }

    @Test func `each minute publishes what happened in it and what is there at its end`() throws {
        var queues = Queues.fixture()
        for number in 1...3 { try queues.send(number, after: 30, size: 10 * Int(number)) }
        try queues.send(4, after: 30, delay: 600, size: 40)
        let held = try queues.poll(after: 40, limit: 2)
        try queues.delete(held[0], after: 50)
        _ = try queues.poll("jobs", after: 50, limit: 1, hidden: 0)
        queues.pass(59)
        #expect(queues.drain().samples.isEmpty)
        queues.pass(60)
        let samples = queues.drain().samples
        #expect(
            values(samples) == [
                "ApproximateNumberOfMessagesVisible": 1, "ApproximateNumberOfMessagesNotVisible": 1,
                "ApproximateNumberOfMessagesDelayed": 1, "NumberOfMessagesSent": 4, "NumberOfMessagesReceived": 3,
                "NumberOfMessagesDeleted": 1, "NumberOfEmptyReceives": 0, "ApproximateAgeOfOldestMessage": 30,
                "SentMessageSize": 100,
            ])
        #expect(samples.allSatisfy { $0.instant == .monday && $0.availableAt == .monday + .seconds(135) })
        #expect(samples.allSatisfy { $0.identity.dimensions == [.init(name: "QueueName", value: "jobs")] })
        let size = try #require(samples.last)
        #expect([size.count, size.minimum, size.maximum] == [4, 10, 40])
    }

    @Test func `a quiet minute publishes zeros, and no age or size`() throws {
        var queues = Queues.fixture()
        queues.pass(60)
        let samples = queues.drain().samples
        #expect(samples.count == 7)
        #expect(samples.allSatisfy { $0.sum == 0 })
    }

    @Test(arguments: [(0, 1.0), (1, 0)])
    func `what happens at the end of a minute belongs to the next`(second: Int, inFlight: Double) throws {
        var queues = Queues.fixture(["VisibilityTimeout": "60"])
        try queues.send()
        _ = try queues.poll()
        queues.pass(60 + 60 * second)
        let notVisible = queues.drain().samples.filter {
            $0.identity.name == "ApproximateNumberOfMessagesNotVisible"
        }
        #expect(notVisible.last?.sum == inFlight)
    }

    @Test func `a queue without messages publishes for six hours after its last use`() throws {
        var queues = Queues.fixture()
        queues.pass(7 * 3_600)
        #expect(queues.drain().samples.last?.instant == .monday + .seconds(6 * 3_600 - 60))
        #expect(queues.nextDeadline == nil)
        try queues.send(after: 7 * 3_600 + 10)
        #expect(queues.nextDeadline == .monday + .seconds(7 * 3_600 + 60))
    }

    @Test func `a pace of sixty makes a minute a second, and leaves visibility alone`() throws {
        var queues = Queues.fixture(pace: Pace(factor: 60))
        try queues.send()
        _ = try queues.poll()
        queues.pass(1)
        let samples = queues.drain().samples
        #expect(samples.first?.instant == .monday)
        #expect(samples.first?.availableAt == .monday + .milliseconds(2_250))
        queues.pass(29)
        #expect(queues.count() == [0, 1, 0])
    }

    @Test func `statistics tell totals and waits`() throws {
        var queues = Queues.fixture()
        for number in 1...10 { try queues.send(number) }
        for second in 1...10 { _ = try queues.poll(after: second, limit: 1) }
        let statistics = try queues.statistics(of: "jobs", at: .monday + .seconds(10))
        #expect(statistics.totals.sent == 10)
        #expect(statistics.totals.received == 10)
        #expect(statistics.waits.max == .seconds(10))
        let median = try #require(statistics.waits.percentile(50)).inSeconds
        #expect(abs(median - 5) < 0.16)
        #expect(statistics.inFlight == 10)
    }
}

struct LatencyHistogramTests {
    @Test func `percentiles are within three percent at every magnitude`() throws {
        for exponent in 0..<12 {
            var histogram = LatencyHistogram()
            let value = 7 * Int64((0..<exponent).reduce(1) { power, _ in power * 10 })
            histogram.record(.microseconds(value))
            histogram.record(.microseconds(value * 1_000))
            let median = try #require(histogram.percentile(50)).microseconds
            #expect(abs(Double(median - value)) <= 0.03 * Double(value))
            #expect(histogram.percentile(100).map { $0 <= histogram.max } == true)
        }
    }

    @Test func `an empty histogram has no percentiles`() {
        #expect(LatencyHistogram().percentile(50) == nil)
    }

    @Test func `merging adds up`() {
        var left = LatencyHistogram()
        var right = LatencyHistogram()
        var both = LatencyHistogram()
        for microseconds in [1, 50, 900, 12_345_678] {
            left.record(.microseconds(microseconds))
            right.record(.microseconds(microseconds * 3))
            both.record(.microseconds(microseconds))
            both.record(.microseconds(microseconds * 3))
        }
        left.merge(right)
        #expect(left == both)
    }
}
