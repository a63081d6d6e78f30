import BerthKernel
import BerthTestSupport
import Foundation
import OrderedCollections
import Testing

@testable import BerthQueues

/// Seeded random histories of three queues, two of which dead-letter into the third.
struct PropertyTests {
    private static let seeds = UInt64(1)...30
    private static let steps = 400

    @Test(arguments: seeds)
    func `no message is lost, given out while hidden, or given out after its deletion`(seed: UInt64) throws {
        var history = History(seed: seed)
        for _ in 0..<Self.steps { history.step() }
        #expect(history.violations == [])
        #expect(history.live.count == history.stored)
    }

    @Test(arguments: seeds)
    func `many small steps of time end where one large step ends`(seed: UInt64) {
        var coarse = History(seed: seed)
        var fine = History(seed: seed, microstep: 700_000)
        for _ in 0..<Self.steps {
            coarse.step()
            fine.step()
            #expect(coarse.queues == fine.queues)
            #expect(coarse.lastEvents == fine.lastEvents)
        }
    }

    @Test(arguments: seeds)
    func `a refusal changes nothing`(seed: UInt64) {
        var history = History(seed: seed)
        for _ in 0..<Self.steps {
            history.step()
            for refuse in History.refusals {
                let before = history.queues
                #expect(throws: Refusal.self) { try refuse(&history.queues, history.now) }
                #expect(history.queues == before)
            }
        }
    }

    @Test(arguments: seeds)
    func `a snapshot goes on as the original does`(seed: UInt64) throws {
        var original = History(seed: seed)
        for _ in 0..<Self.steps / 2 { original.step() }
        var restored = original
        restored.queues = try JSONDecoder().decode(Queues.self, from: JSONEncoder().encode(original.queues))
        #expect(restored.queues == original.queues)
        #expect(restored.queues.nextDeadline == original.queues.nextDeadline)
        for _ in 0..<Self.steps / 2 {
            original.step()
            restored.step()
            #expect(restored.queues == original.queues)
            #expect(restored.lastEvents == original.lastEvents)
        }
    }
}

/// A random history with a model beside it: which messages exist, and until when each is hidden.
private struct History {
    var queues: Queues
    var now = Instant.monday
    private(set) var lastEvents: [QueueEvent] = []
    private(set) var violations: [String] = []
    /// Payload numbers of messages sent and neither deleted, expired nor purged.
    private(set) var live: Set<UInt64> = []
    private var hiddenUntil: [UInt64: Instant] = [:]
    private var handles: [(number: UInt64, queue: String, handle: String)] = []
    private var random: RandomStream
    private var nextNumber: UInt64 = 1
    private let microstep: Int64?

    private static let names = ["dead", "jobs", "more"]

    init(seed: UInt64, microstep: Int64? = nil) {
        random = RandomStream(seed: seed, purpose: "history")
        self.microstep = microstep
        var settings = QueueSettings()
        settings.inFlightLimit = 12
        queues = Queues(tenancy: .test, pace: .truth, seed: seed, settings: settings)
        queues.make("dead", ["MessageRetentionPeriod": "120"])
        queues.make("jobs", ["RedrivePolicy": .redrive(to: "dead", after: 2), "VisibilityTimeout": "10"])
        queues.make("more", ["RedrivePolicy": .redrive(to: "dead", after: 4), "MessageRetentionPeriod": "90"])
    }

    /// Messages that the queues hold.
    var stored: Int { Self.names.reduce(0) { $0 + queues.count($1).reduce(0, +) } }

    mutating func step() {
        pass(.milliseconds(random.nextIndex(below: 4_000)))
        let name = Self.names[random.nextIndex(below: 3)]
        switch random.nextIndex(below: 12) {
        case 0...3: send(to: name)
        case 4...6: receive(from: name)
        case 7...8: delete()
        case 9: changeVisibility()
        case 10: pass(.seconds(random.nextIndex(below: 30)))
        default: administer(name)
        }
        note(queues.drain())
    }

    private mutating func pass(_ duration: Duration) {
        let end = now + duration
        if let microstep {
            while now + .microseconds(microstep) < end {
                now = now + .microseconds(microstep)
                queues.advance(to: now)
            }
        }
        now = end
        queues.advance(to: now)
        note(queues.drain())
    }

    private mutating func send(to name: String) {
        let delay = random.nextIndex(below: 4) == 0 ? random.nextIndex(below: 20) : 0
        let group = random.nextIndex(below: 3) == 0 ? "tenant-\(nextNumber % 3)" : nil
        let message = OutgoingMessage(
            payload: .number(nextNumber), size: 10, delaySeconds: delay, groupID: group)
        guard (try? queues.send(message, to: name, at: now)) != nil else { return }
        live.insert(nextNumber)
        hiddenUntil[nextNumber] = now + .seconds(delay)
        nextNumber += 1
    }

    private mutating func receive(from name: String) {
        let hidden = random.nextIndex(below: 15)
        let waiter = random.next()
        let request = ReceiveRequest(
            queue: name, limit: 1 + random.nextIndex(below: 10), visibilityTimeout: hidden,
            waitSeconds: random.nextIndex(below: 2) * 5, waiter: waiter, holder: .task(waiter % 3))
        if case .messages(let messages)? = try? queues.receive(request, at: now) {
            noteReceived(messages, hidden: hidden, at: now, from: name)
        }
    }

    private mutating func delete() {
        guard !handles.isEmpty else { return }
        let (number, queue, handle) = handles[random.nextIndex(below: handles.count)]
        let before = stored
        guard (try? queues.deleteMessage(handle: handle, from: queue, at: now)) != nil else { return }
        if stored < before { live.remove(number) }
    }

    private mutating func changeVisibility() {
        guard !handles.isEmpty else { return }
        let (number, queue, handle) = handles[random.nextIndex(below: handles.count)]
        let seconds = random.nextIndex(below: 20)
        guard (try? queues.changeVisibility(handle: handle, to: seconds, in: queue, at: now)) != nil else { return }
        hiddenUntil[number] = now + .seconds(seconds)
    }

    private mutating func administer(_ name: String) {
        switch random.nextIndex(below: 4) {
        case 0:
            // A move task gives messages new ids but keeps their payloads, by which they are known here.
            _ = try? queues.startMoveTask(
                from: queues.arn(of: "dead"), messagesPerSecond: random.nextIndex(below: 2) == 0 ? nil : 3, at: now)
        case 1: queues.cancelAllWaiters()
        case 2: if random.nextIndex(below: 8) == 0 { try? queues.purge(name, at: now) }
        default:
            try? queues.setAttributes(["VisibilityTimeout": "\(5 + random.nextIndex(below: 9))"], of: name, at: now)
        }
    }

    private mutating func note(_ events: [QueueEvent]) {
        if !events.isEmpty { lastEvents = events }
        for event in events {
            switch event {
            case .released(let payloads): for payload in payloads { live.remove(payload.segment) }
            case .received(_, let messages):
                // Answered at some moment of the step: only what does not depend on the moment is checked.
                for message in messages {
                    let number = message.payload.segment
                    if !live.contains(number) { violations.append("\(number) was answered and is not live") }
                    hiddenUntil[number] = nil
                }
            case .sample, .decided: break
            }
        }
    }

    private mutating func noteReceived(
        _ messages: [ReceivedMessage], hidden: Int, at instant: Instant, from queue: String
    ) {
        for message in messages {
            let number = message.payload.segment
            if !live.contains(number) { violations.append("\(number) was given out and is not live") }
            if let until = hiddenUntil[number], until > instant {
                violations.append("\(number) was given out while hidden")
            }
            hiddenUntil[number] = instant + .seconds(hidden)
            handles.append((number, queue, message.receiptHandle))
        }
    }

    static let refusals: [@Sendable (inout Queues, Instant) throws -> Void] = [
        { try $0.create(name: "jobs", attributes: ["DelaySeconds": "7"], at: $1) },
        { try $0.create(name: "new", attributes: ["Nonsense": "7"], at: $1) },
        { _ = try $0.send(OutgoingMessage(payload: .number(0), size: 2_000_000), to: "jobs", at: $1) },
        { _ = try $0.receive(ReceiveRequest(queue: "jobs", limit: 11), at: $1) },
        { try $0.deleteMessage(handle: "AQEB", from: "jobs", at: $1) },
        { try $0.changeVisibility(handle: "AQEB", to: 1, in: "jobs", at: $1) },
        { try $0.setAttributes(["VisibilityTimeout": "1", "RedrivePolicy": "{}"], of: "jobs", at: $1) },
        { _ = try $0.startMoveTask(from: "arn:aws:sqs:us-east-1:000000000000:jobs", at: $1) },
        { try $0.delete("unknown", at: $1) },
    ]
}
