import BerthKernel
import BerthQueues
import BerthTestSupport
import BerthWorld
import Foundation

/// A random life of a world that can be lived again: equal seeds give equal lives.
///
/// It keeps the commands as a journal would, and a model of the messages that knows which may be delivered.
struct History {
    let seed: UInt64
    private(set) var world: World
    private(set) var journal: [JournalEntry] = []
    private(set) var violations: [String] = []
    /// What a driver would have been told, in order.
    private(set) var trace: [String] = []
    private(set) var messages = MessageModel()
    /// What the runtime was told to do and has not done yet.
    var starting: [TaskLaunch] = []
    var stopping: [(task: TaskID, generation: Int)] = []
    var running: [TaskLaunch] = []
    var random: RandomStream
    var nextNumber: UInt64 = 1
    /// The queue that the stack `side` makes, unless it is there already.
    var sideQueue = ""

    init(seed: UInt64) throws {
        self.seed = seed
        random = RandomStream(seed: seed, purpose: "history")
        let paces = [60, 60, 7, 1]
        let pace = Pace(factor: paces[Int(seed % 4)])
        world = World(configuration: WorldConfiguration(pace: pace, seed: seed, startedAt: .monday))
        try beginWithStack()
    }

    var now: Instant { world.now }

    /// Lets time pass, deadline by deadline, so that the model knows when each delivery happened.
    mutating func wait(_ duration: Duration) {
        let end = now + duration
        while let next = world.nextDeadline, next < end { pass(to: max(next, now)) }
        pass(to: end)
    }

    private mutating func pass(to instant: Instant) {
        world.advance(to: instant)
        takeEffects()
        check()
    }

    /// Carries a command out.
    ///
    /// A refusal must leave everything as it was.
    @discardableResult
    mutating func send<C: Command>(_ command: C) -> C.Reply? {
        journal.append(JournalEntry(instant: now, command: command))
        let before = world
        do {
            let reply = try world.send(command, at: now)
            takeEffects()
            check()
            return reply
        } catch {
            trace.append("\(C.name) refused: \(error)")
            if world != before { violations.append("\(C.name) was refused with \(error) and changed the world") }
            takeEffects()
            return nil
        }
    }

    mutating func change(_ body: (inout MessageModel) -> Void) {
        body(&messages)
    }

    private mutating func takeEffects() {
        for effect in world.drainEffects() {
            trace.append("\(now.microseconds) \(effect)")
            switch effect {
            case .startTask(let launch): starting.append(launch)
            case .stopTask(let task, let generation): stopping.append((task, generation))
            case .answerReceive(let waiter, let received): messages.answer(waiter, received, at: now)
            case .releasePayloads(let payloads): messages.release(payloads)
            case .announce: break
            }
        }
    }

    private mutating func check() {
        violations += messages.takeViolations(stored: world.storedMessages)
        violations += world.imbalances
    }
}

/// A command and when it was sent: a line of a journal.
struct JournalEntry {
    let instant: Instant
    let command: any Command

    /// The entry as a journal would bring it back.
    func stored() throws -> JournalEntry {
        let name = Swift.type(of: command).name
        guard let type = CommandRegistry.all.type(named: name) else { throw UnregisteredCommand(name: name) }
        return JournalEntry(instant: instant, command: try Self.roundTrip(command, as: type))
    }

    /// Does it again.
    ///
    /// What was refused the first time is refused again.
    func replay(in world: inout World) {
        Self.perform(command, in: &world, at: instant)
    }

    private static func perform<C: Command>(_ command: C, in world: inout World, at instant: Instant) {
        _ = try? world.send(command, at: instant)
    }

    private static func roundTrip<C: Command>(_ command: any Command, as type: C.Type) throws -> C {
        try JSONDecoder().decode(C.self, from: JSONEncoder().encode(command))
    }
}

struct UnregisteredCommand: Error {
    let name: String
}

extension World {
    /// The world as a snapshot would bring it back.
    func stored() throws -> World {
        try JSONDecoder().decode(World.self, from: JSONEncoder().encode(self))
    }
}
