import BerthKernel
import BerthTestSupport
import Testing

@testable import BerthQueues

struct ReceivingTests {
    @Test func `messages come in the order in which they were sent`() throws {
        var queues = Queues.fixture()
        for number in 1...12 { try queues.send(number) }
        #expect(try queues.poll().numbers == Array(1...10))
        #expect(try queues.poll().numbers == [11, 12])
        #expect(try queues.poll().isEmpty)
    }

    @Test(arguments: [(29, [0, 1, 0]), (30, [1, 0, 0])])
    func `a received message is hidden for the visibility timeout`(after: Int, counts: [Int]) throws {
        var queues = Queues.fixture()
        try queues.send()
        _ = try queues.poll()
        #expect(queues.nextDeadline == .monday + .seconds(30))
        queues.pass(after)
        #expect(queues.count() == counts)
    }

    @Test func `a returning message takes its original place`() throws {
        var queues = Queues.fixture()
        for number in 1...3 { try queues.send(number) }
        #expect(try queues.poll(limit: 2, hidden: 5).numbers == [1, 2])
        #expect(try queues.poll(after: 5).numbers == [1, 2, 3])
    }

    @Test func `every receive counts, keeps the first receive and gives a new handle`() throws {
        var queues = Queues.fixture()
        let sent = try queues.send(after: 1)
        let first = try #require(try queues.poll(after: 2, hidden: 0).first)
        let second = try #require(try queues.poll(after: 3, hidden: 0).first)
        #expect([first.id, second.id] == [sent.id, sent.id])
        #expect([first.receiveCount, second.receiveCount] == [1, 2])
        #expect(second.sentAt == .monday + .seconds(1))
        #expect(second.firstReceivedAt == .monday + .seconds(2))
        #expect(first.receiptHandle != second.receiptHandle)
    }

    @Test func `a visibility timeout of zero hands each message out once and leaves it visible`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        try queues.send(2)
        #expect(try queues.poll(hidden: 0).numbers == [1, 2])
        #expect(queues.count() == [2, 0, 0])
    }

    @Test func `a message received three times without being deleted goes to the back and is not the oldest`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        try queues.send(2, after: 10)
        for _ in 1...3 { #expect(try queues.poll(after: 10, limit: 1, hidden: 0).numbers == [1]) }
        #expect(try queues.statistics(of: "jobs", at: .monday + .seconds(15)).oldestAge == .seconds(5))
        #expect(try queues.poll(after: 15).numbers == [2, 1])
    }

    @Test(arguments: [
        (
            0, 0, 0,
            "Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."
        ),
        (
            11, 0, 0,
            "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."
        ),
        (1, 21, 0, "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
        (
            1, 0, 43_201,
            "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided."
        ),
    ])
    func `numbers out of range are refused`(limit: Int, wait: Int, hidden: Int, message: String) throws {
        var queues = Queues.fixture()
        let before = queues
        #expect(throws: Refusal(code: "InvalidParameterValueException", message: message)) {
            try queues.poll(limit: limit, hidden: hidden, wait: wait)
        }
        #expect(queues == before)
    }

    @Test func `an unknown queue is refused`() throws {
        var queues = Queues.fixture()
        #expect(throws: Refusal.queueDoesNotExist()) { try queues.poll("other") }
    }

    @Test func `with too many messages in flight a short poll is refused and a long poll waits for room`() throws {
        var settings = QueueSettings()
        settings.inFlightLimit = 2
        var queues = Queues.fixture(settings: settings)
        for number in 1...3 { try queues.send(number) }
        let held = try queues.poll()
        #expect(held.numbers == [1, 2])
        #expect(throws: Refusal.tooManyInFlight()) { try queues.poll() }
        #expect(try queues.poll(wait: 20, waiter: 5).isEmpty)
        #expect(queues.drain().answers.isEmpty)
        try queues.delete(held[0])
        #expect(queues.drain().answers == [5: [3]])
    }

    @Test func `messages in flight are counted for the task that holds them`() throws {
        var queues = Queues.fixture()
        for number in 1...3 { try queues.send(number) }
        let held = try queues.poll(limit: 2, holder: .task(1))
        _ = try queues.poll(hidden: 5, holder: .task(2))
        #expect([queues.heldCount(by: .task(1)), queues.heldCount(by: .task(2))] == [2, 1])
        try queues.delete(held[0], after: 5)
        #expect([queues.heldCount(by: .task(1)), queues.heldCount(by: .task(2))] == [1, 0])
    }
}
