import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthQueues

struct LongPollTests {
    @Test func `a poll waits and is answered by the next message`() throws {
        var queues = Queues.fixture()
        #expect(try queues.poll(wait: 20, waiter: 3).isEmpty)
        #expect(queues.nextDeadline == .monday + .seconds(20))
        try queues.send(1, after: 5)
        #expect(queues.drain().answers == [3: [1]])
        #expect(queues.count() == [0, 1, 0])
    }

    @Test(arguments: [(19, false), (20, true)])
    func `a poll is answered with nothing when its wait is over`(after: Int, isAnswered: Bool) throws {
        var queues = Queues.fixture()
        _ = try queues.poll(wait: 20, waiter: 3)
        queues.pass(after)
        #expect(queues.drain().answers == (isAnswered ? [3: []] : [:]))
    }

    @Test func `the end of a delay or a visibility timeout answers a poll`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        _ = try queues.poll(hidden: 5)
        try queues.send(2, delay: 7)
        _ = try queues.poll(limit: 1, wait: 20, waiter: 1)
        _ = try queues.poll(limit: 1, wait: 7, waiter: 2)
        queues.pass(5)
        #expect(queues.drain().answers == [1: [1]])
        queues.pass(7)
        #expect(queues.drain().answers == [2: [2]])
    }

    @Test func `polls are answered in the order in which they came`() throws {
        var queues = Queues.fixture()
        for waiter in UInt64(1)...3 { _ = try queues.poll(limit: 1, wait: 20, waiter: waiter) }
        try queues.send(10)
        try queues.send(11)
        #expect(queues.drain().answers == [1: [10], 2: [11]])
    }

    @Test func `the queue's wait time applies unless the request says zero`() throws {
        var queues = Queues.fixture(["ReceiveMessageWaitTimeSeconds": "5"])
        #expect(try queues.receive(ReceiveRequest(queue: "jobs", waiter: 1), at: .monday) == .waiting)
        #expect(
            try queues.receive(ReceiveRequest(queue: "jobs", waitSeconds: 0), at: .monday) == .messages([]))
    }

    @Test func `a cancelled poll takes nothing`() throws {
        var queues = Queues.fixture()
        _ = try queues.poll(wait: 20, waiter: 1)
        _ = try queues.poll(wait: 20, waiter: 2)
        queues.cancelWaiter(1)
        try queues.send(1)
        #expect(queues.drain().answers == [2: [1]])
        _ = try queues.poll(wait: 20, waiter: 4)
        queues.cancelAllWaiters()
        try queues.send(2)
        #expect(queues.count() == [1, 1, 0])
    }

    @Test func `deleting the queue answers its polls with nothing`() throws {
        var queues = Queues.fixture()
        _ = try queues.poll(wait: 20, waiter: 1)
        try queues.delete("jobs", at: .monday)
        #expect(queues.drain().answers == [1: []])
        #expect(queues.nextDeadline == nil)
    }
}
