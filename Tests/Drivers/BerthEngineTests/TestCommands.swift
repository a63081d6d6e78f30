import BerthEngine
import BerthKernel
import Synchronization

@testable import BerthWorld

/// What the commands of one test have done, replays included.
///
/// A world has no state for tests to keep.
final class Probe: Sendable {
    let id: Int
    private let lines = Mutex<[String]>([])

    private static let probes = Mutex<[Probe]>([])

    init() {
        id = Self.probes.withLock { $0.count }
        Self.probes.withLock { $0.append(self) }
    }

    var log: [String] { lines.withLock { $0 } }

    func note(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    static func note(_ line: String, on id: Int) {
        probes.withLock { $0.first { $0.id == id } }?.note(line)
    }
}

/// Notes a text with the instant it was carried out at.
///
/// Returns where its bodies went.
struct Note: Command {
    static let name = "test.Note"

    let probe: Int
    let text: String
    var references: [PayloadRef] = []

    init(_ text: String, on probe: Probe) {
        self.probe = probe.id
        self.text = text
    }

    mutating func store(payloads: [PayloadRef]) {
        references = payloads
    }

    func perform(in world: inout World, at now: Instant) throws(Refusal) -> [PayloadRef] {
        if text == "refuse" { throw Refusal(code: "Refused", message: "As asked.") }
        Probe.note("\(text)@\(now.microseconds)", on: probe)
        return references
    }
}

/// Makes the world want something done outside.
struct Emit: Command {
    static let name = "test.Emit"

    enum What: Codable {
        case start(TaskLaunch), release([PayloadRef]), announce(Decision), answer(UInt64, [ReceivedMessage])

        var effect: Effect {
            switch self {
            case .start(let launch): .startTask(launch)
            case .release(let references): .releasePayloads(references)
            case .announce(let decision): .announce(decision)
            case .answer(let waiter, let messages): .answerReceive(waiter: waiter, messages)
            }
        }
    }

    let what: What

    func perform(in world: inout World, at now: Instant) throws(Refusal) {
        world.effects.append(what.effect)
    }
}

/// A long poll: answered at once with what it brings along, or left open.
///
/// Its waiter id is noted.
struct Poll: WaitingCommand {
    static let name = "test.Poll"

    let probe: Int
    var messages: [ReceivedMessage]?
    var waiter: UInt64 = 0

    var cancellation: EndPoll { EndPoll(probe: probe, waiter: waiter) }

    static func messages(in reply: [ReceivedMessage]?) -> [ReceivedMessage]? { reply }

    func perform(in world: inout World, at now: Instant) throws(Refusal) -> [ReceivedMessage]? {
        Probe.note("wait \(waiter)", on: probe)
        return messages
    }
}

struct EndPoll: Command {
    static let name = "test.EndPoll"

    let probe: Int
    let waiter: UInt64

    func perform(in world: inout World, at now: Instant) throws(Refusal) {
        Probe.note("end \(waiter)", on: probe)
    }
}

struct ForgetWaiters: Command {
    static let name = "test.ForgetWaiters"

    let probe: Int

    func perform(in world: inout World, at now: Instant) throws(Refusal) {
        Probe.note("forget", on: probe)
    }
}

struct Reported: Command {
    static let name = "test.Reported"

    let probe: Int
    let report: TaskReport

    func perform(in world: inout World, at now: Instant) throws(Refusal) {
        Probe.note("\(report.event)", on: probe)
    }
}

extension CommandRegistry {
    static let test = CommandRegistry([
        Note.self, Emit.self, Poll.self, EndPoll.self, ForgetWaiters.self, Reported.self,
    ])
}

extension ReceivedMessage {
    static func fixture(_ number: UInt64 = 1) -> ReceivedMessage {
        ReceivedMessage(
            id: MessageID(high: 0, low: number), payload: PayloadRef(segment: 1, offset: 0, length: 0),
            receiptHandle: "handle-\(number)", sentAt: .epoch, firstReceivedAt: .epoch, receiveCount: 1, groupID: nil,
            deadLetterSourceARN: nil)
    }
}
