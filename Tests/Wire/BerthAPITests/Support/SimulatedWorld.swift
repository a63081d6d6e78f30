import BerthAPI
import BerthKernel
import BerthQueues
import BerthWorld

/// A world in a test's own hands: no engine, no clock, and a runtime whose tasks run at once and for ever.
actor SimulatedWorld: WorldAccess {
    private var world: World
    private var payloads: [[UInt8]] = []
    private var answers: [UInt64: [ReceivedMessage]] = [:]
    private var nextWaiter: UInt64 = 1

    init(startedAt: Instant = .seconds(1_767_571_200)) {
        world = World(configuration: WorldConfiguration(startedAt: startedAt))
    }

    var now: Instant { world.now }

    func submit<C: Command>(_ command: C, payloads bodies: [[UInt8]]) async throws -> C.Reply {
        var command = command
        command.store(payloads: bodies.map(keep))
        let reply = try world.send(command, at: world.now)
        perform()
        return reply
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (borrowing World) -> Value) async throws -> Value {
        body(world)
    }

    func receive(_ command: ReceiveMessages) async throws -> [ReceivedMessage] {
        var command = command
        command.waiter = nextWaiter
        nextWaiter += 1
        let reply = try world.send(command, at: world.now)
        perform()
        if let messages = ReceiveMessages.messages(in: reply) { return messages }
        while answers[command.waiter] == nil, let deadline = world.nextDeadline { advance(to: deadline) }
        return answers.removeValue(forKey: command.waiter) ?? []
    }

    func payload(_ reference: PayloadRef) async throws -> [UInt8]? {
        payloads[Int(reference.offset)]
    }

    /// Lets time pass, one deadline after the other, so that what the runtime reports comes in between.
    func advance(by duration: Duration) {
        let end = world.now + duration
        while let deadline = world.nextDeadline, deadline <= end { advance(to: deadline) }
        advance(to: end)
    }

    private func advance(to instant: Instant) {
        world.advance(to: max(instant, world.now))
        perform()
    }

    private func keep(_ body: [UInt8]) -> PayloadRef {
        payloads.append(body)
        return PayloadRef(segment: 1, offset: UInt32(payloads.count - 1), length: UInt32(body.count))
    }

    private func perform() {
        while case let effects = world.drainEffects(), !effects.isEmpty {
            for effect in effects {
                switch effect {
                case .startTask(let launch):
                    report(launch.task, launch.generation, .started(runtimeIDs: launch.containers.map(\.name)))
                case .stopTask(let task, let generation): report(task, generation, .stopped)
                case .answerReceive(let waiter, let messages): answers[waiter] = messages
                case .releasePayloads, .announce: break
                }
            }
        }
    }

    private func report(_ task: TaskID, _ generation: Int, _ event: TaskReport.Event) {
        let command = ReportTask(report: TaskReport(task: task, generation: generation, event: event))
        // A report that comes too late is ignored, never refused.
        try? world.send(command, at: world.now)
    }
}
