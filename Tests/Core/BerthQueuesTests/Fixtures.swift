import BerthKernel
import BerthTestSupport
import OrderedCollections

@testable import BerthQueues

extension Queues {
    /// A machine with a queue `jobs`, made at ``Instant/monday``.
    static func fixture(
        _ attributes: OrderedDictionary<String, String> = [:], pace: Pace = .truth, seed: UInt64 = 1,
        settings: QueueSettings = .init()
    ) -> Queues {
        var queues = Queues(tenancy: .test, pace: pace, seed: seed, settings: settings)
        queues.make("jobs", attributes)
        return queues
    }

    /// A machine whose queue `jobs` sends messages to `dead` after `maxReceives`.
    static func fixture(maxReceives: Int, seed: UInt64 = 1) -> Queues {
        var queues = Queues(tenancy: .test, pace: .truth, seed: seed)
        queues.make("dead")
        queues.make("jobs", ["RedrivePolicy": .redrive(to: "dead", after: maxReceives)])
        return queues
    }

    mutating func make(_ name: String, _ attributes: OrderedDictionary<String, String> = [:]) {
        do throws(Refusal) {
            try create(name: name, attributes: attributes, at: .monday)
        } catch {
            preconditionFailure("a fixture could not be made: \(error)")
        }
    }

    /// Advances, then sends the message with this number as its payload.
    @discardableResult mutating func send(
        _ number: Int = 1, to name: String = "jobs", after seconds: Int = 0, delay: Int? = nil, size: Int = 10
    ) throws(Refusal) -> SentMessage {
        advance(to: .monday + .seconds(seconds))
        return try send(
            OutgoingMessage(payload: .number(UInt64(number)), size: size, delaySeconds: delay), to: name,
            at: .monday + .seconds(seconds))
    }

    /// Advances, then polls without waiting unless told to.
    mutating func poll(
        _ name: String = "jobs", after seconds: Int = 0, limit: Int = 10, hidden: Int? = nil, wait: Int = 0,
        waiter: UInt64 = 0, holder: TaskID? = nil
    ) throws(Refusal) -> [ReceivedMessage] {
        advance(to: .monday + .seconds(seconds))
        let request = ReceiveRequest(
            queue: name, limit: limit, visibilityTimeout: hidden, waitSeconds: wait, waiter: waiter, holder: holder)
        guard case .messages(let messages) = try receive(request, at: .monday + .seconds(seconds)) else { return [] }
        return messages
    }

    mutating func delete(_ message: ReceivedMessage, from name: String = "jobs", after seconds: Int = 0)
        throws(Refusal)
    {
        advance(to: .monday + .seconds(seconds))
        try deleteMessage(handle: message.receiptHandle, from: name, at: .monday + .seconds(seconds))
    }

    mutating func pass(_ seconds: Int) {
        advance(to: .monday + .seconds(seconds))
    }

    func count(_ name: String = "jobs") -> [Int] {
        guard let position = positions[name] else { return [] }
        let messages = queues[position].messages
        return [messages.visibleCount, messages.inFlightCount, messages.delayedCount]
    }
}

extension String {
    static func redrive(to name: String, after maxReceives: Int) -> String {
        #"{"deadLetterTargetArn":"\#(Tenancy.test.arn("sqs", name))","maxReceiveCount":\#(maxReceives)}"#
    }
}

extension PayloadRef {
    static func number(_ number: UInt64) -> PayloadRef {
        PayloadRef(segment: number, offset: 0, length: 10)
    }
}

extension [ReceivedMessage] {
    var numbers: [Int] { map { Int($0.payload.segment) } }
}

extension [QueueEvent] {
    var answers: [UInt64: [Int]] {
        reduce(into: [:]) { answers, event in
            if case .received(let waiter, let messages) = event { answers[waiter] = messages.numbers }
        }
    }

    var released: [Int] {
        flatMap { event -> [Int] in
            if case .released(let payloads) = event { payloads.map { Int($0.segment) } } else { [] }
        }
    }

    var samples: [MetricSample] {
        compactMap { if case .sample(let sample) = $0 { sample } else { nil } }
    }

    var sentences: [String] {
        compactMap { if case .decided(let decision) = $0 { decision.sentence } else { nil } }
    }
}

extension TaskID {
    static func task(_ number: UInt64) -> TaskID { TaskID(high: 7, low: number) }
}
