import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthQueues

struct DeadLetterTests {
    @Test func `the receive after the last allowed one moves the message instead`() throws {
        var queues = Queues.fixture(maxReceives: 2)
        let sent = try queues.send(1)
        #expect(try queues.poll(after: 1, hidden: 0).count == 1)
        #expect(try queues.poll(after: 2, hidden: 0).count == 1)
        #expect(queues.count("dead") == [0, 0, 0])
        #expect(try queues.poll(after: 3).isEmpty)

        let letter = try #require(try queues.poll("dead", after: 4).first)
        #expect(letter.id == sent.id)
        #expect(letter.receiveCount == 3)
        #expect(letter.sentAt == .monday)
        #expect(letter.firstReceivedAt == .monday + .seconds(1))
        #expect(letter.deadLetterSourceARN == "arn:aws:sqs:us-east-1:000000000000:jobs")
        #expect(
            queues.drain().sentences == [
                "Moved 1 message from queue jobs to its dead-letter queue dead: "
                    + "received 2 times without being deleted, the most allowed."
            ])
    }

    @Test func `the receive that moves a message goes on to the others`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.send(1)
        _ = try queues.poll(hidden: 0)
        try queues.send(2)
        #expect(try queues.poll(limit: 1).numbers == [2])
        #expect(queues.count("dead") == [1, 0, 0])
        #expect(try queues.statistics(of: "jobs", at: .monday).totals.deadLettered == 1)
        #expect(try queues.statistics(of: "dead", at: .monday).totals.sent == 0)
    }

    @Test func `nothing moves while nobody asks`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.send(1)
        _ = try queues.poll(hidden: 1)
        queues.pass(1_000)
        #expect(queues.count() == [1, 0, 0])
    }

    @Test func `a dead letter answers a poll that waits for it`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.send(1)
        _ = try queues.poll(hidden: 5)
        _ = try queues.poll("dead", wait: 20, waiter: 1)
        _ = try queues.poll(wait: 20, waiter: 2)
        queues.pass(5)
        #expect(queues.drain().answers == [1: [1]])
    }

    @Test func `retention goes on from the original send, the age starts anew`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.setAttributes(["MessageRetentionPeriod": "100"], of: "dead", at: .monday)
        try queues.send(1)
        _ = try queues.poll(hidden: 0)
        _ = try queues.poll(after: 90)
        #expect(try queues.statistics(of: "dead", at: .monday + .seconds(99)).oldestAge == .seconds(9))
        queues.pass(100)
        #expect(queues.drain().released == [1])
    }

    @Test func `without its dead-letter queue a message is delivered on`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.send(1)
        _ = try queues.poll(hidden: 0)
        try queues.delete("dead", at: .monday)
        #expect(try queues.poll().count == 1)
    }

    @Test func `redrive policies in a circle come to rest`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.setAttributes(["RedrivePolicy": .redrive(to: "jobs", after: 1)], of: "dead", at: .monday)
        try queues.send(1)
        _ = try queues.poll(hidden: 5)
        _ = try queues.poll(wait: 20, waiter: 1)
        _ = try queues.poll("dead", wait: 20, waiter: 2)
        queues.pass(5)
        let counts = zip(queues.count(), queues.count("dead")).map(+)
        #expect(counts == [1, 0, 0])
    }
}

struct MoveTaskTests {
    private let jobs = "arn:aws:sqs:us-east-1:000000000000:jobs"
    private let dead = "arn:aws:sqs:us-east-1:000000000000:dead"

    private func withDeadLetters(_ count: Int) throws -> Queues {
        var queues = Queues.fixture(maxReceives: 1)
        for number in 1...count { try queues.send(number) }
        for _ in 0...count / 10 { _ = try queues.poll(hidden: 1) }
        _ = try queues.poll(after: 1)
        return queues
    }

    @Test func `without a rate all messages are back at their source within a second`() throws {
        var queues = try withDeadLetters(25)
        _ = try queues.startMoveTask(from: dead, at: .monday + .seconds(1))
        #expect(try queues.moveTasks(from: dead).map(\.status) == [.running])
        queues.pass(2)
        #expect(queues.count() == [25, 0, 0])
        let task = try #require(try queues.moveTasks(from: dead).first)
        #expect(task.status == .completed)
        #expect(task.messagesMoved == 25)
        #expect(task.handle == nil)
    }

    @Test(arguments: [(2, [10, 15]), (3, [20, 5]), (4, [25, 0])])
    func `with a rate each second moves that many`(after: Int, visible: [Int]) throws {
        var queues = try withDeadLetters(25)
        _ = try queues.startMoveTask(from: dead, messagesPerSecond: 10, at: .monday + .seconds(1))
        queues.pass(after)
        #expect([queues.count()[0], queues.count("dead")[0]] == visible)
    }

    @Test func `a moved message is new: other id, new send time, no receives`() throws {
        var queues = try withDeadLetters(1)
        let letter = try #require(try queues.poll("dead", after: 1, hidden: 0).first)
        _ = try queues.startMoveTask(from: dead, at: .monday + .seconds(1))
        let back = try #require(try queues.poll(after: 2).first)
        #expect(back.id != letter.id)
        #expect(back.receiveCount == 1)
        #expect(back.sentAt > letter.sentAt)
        #expect(back.deadLetterSourceARN == nil)
    }

    @Test func `a message without a source fails the task`() throws {
        var queues = Queues.fixture(maxReceives: 1)
        try queues.send(1, to: "dead")
        _ = try queues.startMoveTask(from: dead, at: .monday)
        queues.pass(1)
        let task = try #require(try queues.moveTasks(from: dead).first)
        #expect(task.status == .failed)
        #expect(task.failureReason == "CouldNotDetermineMessageSource")
        #expect(queues.count("dead") == [1, 0, 0])
    }

    @Test func `a cancelled task leaves the rest where it is`() throws {
        var queues = try withDeadLetters(25)
        let handle = try queues.startMoveTask(from: dead, messagesPerSecond: 10, at: .monday + .seconds(1))
        queues.pass(2)
        #expect(try queues.cancelMoveTask(handle: handle, at: .monday + .seconds(2)) == 10)
        queues.pass(10)
        #expect(queues.count("dead") == [15, 0, 0])
        #expect(throws: Refusal.moveTaskMissing()) { try queues.cancelMoveTask(handle: handle, at: .monday) }
        #expect(throws: Refusal.badTaskHandle()) { try queues.cancelMoveTask(handle: "x", at: .monday) }
    }

    @Test func `only a dead-letter queue that exists can be moved, one task at a time`() throws {
        var queues = try withDeadLetters(1)
        #expect(throws: Refusal.sourceIsNoDeadLetterQueue()) { try queues.startMoveTask(from: jobs, at: .monday) }
        #expect(throws: Refusal.badMoveARN("SourceArn")) { try queues.startMoveTask(from: "jobs", at: .monday) }
        #expect(throws: Refusal.moveResourceMissing("DestinationArn")) {
            try queues.startMoveTask(from: dead, to: jobs + "x", at: .monday)
        }
        #expect(throws: Refusal.moveRateOutOfRange(501)) {
            try queues.startMoveTask(from: dead, messagesPerSecond: 501, at: .monday)
        }
        _ = try queues.startMoveTask(from: dead, at: .monday + .seconds(1))
        #expect(throws: Refusal.moveTaskRunning()) {
            try queues.startMoveTask(from: dead, at: .monday + .seconds(1))
        }
    }
}
