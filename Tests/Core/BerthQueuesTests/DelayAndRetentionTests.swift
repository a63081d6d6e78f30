import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthQueues

struct DelayAndRetentionTests {
    @Test(arguments: [(9, []), (10, [1])])
    func `a delayed message is visible once its delay is over`(after: Int, found: [Int]) throws {
        var queues = Queues.fixture()
        try queues.send(1, delay: 10)
        #expect(queues.count() == [0, 0, 1])
        #expect(try queues.poll(after: after).numbers == found)
    }

    @Test func `a message's own delay beats the queue's, zero included`() throws {
        var queues = Queues.fixture(["DelaySeconds": "60"])
        try queues.send(1)
        try queues.send(2, delay: 0)
        #expect(try queues.poll().numbers == [2])
    }

    @Test(arguments: [-1, 901])
    func `a delay out of range is refused`(delay: Int) throws {
        var queues = Queues.fixture()
        #expect(throws: Refusal.delayOutOfRange(delay)) { try queues.send(delay: delay) }
    }

    @Test(arguments: [(59, [0, 1, 0], []), (60, [0, 0, 0], [1])])
    func `a message is dropped at the end of its retention, in flight or not`(
        after: Int, counts: [Int], released: [Int]
    ) throws {
        var queues = Queues.fixture(["MessageRetentionPeriod": "60"])
        try queues.send(1)
        _ = try queues.poll(hidden: 600)
        queues.pass(after)
        #expect(queues.count() == counts)
        #expect(queues.drain().released == released)
    }

    @Test func `a shorter retention period applies to messages that are there`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        try queues.send(2, after: 100)
        try queues.setAttributes(["MessageRetentionPeriod": "60"], of: "jobs", at: .monday + .seconds(100))
        #expect(queues.count() == [1, 0, 0])
        #expect(
            queues.drain().sentences == [
                "Dropped 1 message from queue jobs: sent 60 s ago, the queue's retention period."
            ])
    }

    @Test func `a message over the queue's limit is refused with the limit`() throws {
        var queues = Queues.fixture(["MaximumMessageSize": "1024"])
        try queues.send(size: 1_024)
        #expect(throws: Refusal.messageTooLong(limit: 1_024, inBatch: false)) { try queues.send(size: 1_025) }
    }
}
