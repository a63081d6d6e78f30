import BerthKernel
import BerthWorld

/// The commit that one pass of the loop is putting together.
struct CommitDraft {
    let sequence: UInt64
    private let writer = CBORWriter(capacity: 4_096)
    private(set) var payloads: [UInt8] = []
    private(set) var payloadCount = 0

    init(sequence: UInt64) {
        self.sequence = sequence
    }

    /// The accepted commands, as the journal stores them.
    var commands: [UInt8] { writer.bytes }

    var isEmpty: Bool { writer.count == 0 }

    /// Sends a command to the world and writes it down, or does neither.
    ///
    /// It is encoded first: what cannot be written must not happen, and what is refused need not be written.
    mutating func carryOut<C: Command>(
        _ command: C, payloads bodies: [[UInt8]], in world: inout World, at now: Instant
    ) throws -> C.Reply {
        let before = (writer.count, payloads.count, payloadCount)
        do {
            var command = command
            if !bodies.isEmpty { command.store(payloads: place(bodies)) }
            do {
                try CommandCoding.append(command, to: writer)
            } catch {
                throw EngineError(.unencodable, "\(C.name) cannot be written to the journal.", cause: error)
            }
            return try world.send(command, at: now)
        } catch {
            writer.truncate(to: before.0)
            payloads.removeLast(payloads.count - before.1)
            payloadCount = before.2
            throw error
        }
    }

    private mutating func place(_ bodies: [[UInt8]]) -> [PayloadRef] {
        bodies.map { body in
            let reference = PayloadRef(
                segment: sequence, offset: UInt32(payloads.count), length: UInt32(body.count))
            payloads.append(contentsOf: body)
            payloadCount += 1
            return reference
        }
    }
}
