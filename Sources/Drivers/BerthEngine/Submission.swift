import BerthKernel
import BerthWorld

/// One request on its way through the loop: carried out, then answered once the commit is durable.
///
/// Conforming classes are `@unchecked Sendable`: they are handed from the caller to the loop once, through
/// the mailbox, and their mutable parts are touched by the loop alone.
protocol Submission: AnyObject, Sendable {
    /// Bytes of bodies it brings along, which count against the size of a commit.
    var payloadBytes: Int { get }

    /// Changes the world and writes down the command that did.
    ///
    /// Nobody may learn of it yet.
    func perform(in world: inout World, at now: Instant, writing draft: inout CommitDraft)

    /// Tells the caller.
    ///
    /// The commit is durable.
    func answer(from world: World, openWaits: inout OpenWaits)

    /// Tells the caller that it was not, or perhaps not, carried out.
    func fail(_ error: EngineError)
}

extension Submission {
    var payloadBytes: Int { 0 }
}

/// A command on its way through the loop.
///
/// `@unchecked`: its state is touched by the loop's thread alone once it is posted.
final class CommandSubmission<C: Command>: Submission, @unchecked Sendable {
    private let command: C
    private let payloads: [[UInt8]]
    private let continuation: CheckedContinuation<C.Reply, any Error>
    private var result: Result<C.Reply, any Error>?

    let payloadBytes: Int

    init(_ command: C, payloads: [[UInt8]], continuation: CheckedContinuation<C.Reply, any Error>) {
        self.command = command
        self.payloads = payloads
        self.continuation = continuation
        payloadBytes = payloads.reduce(0) { $0 + $1.count }
    }

    func perform(in world: inout World, at now: Instant, writing draft: inout CommitDraft) {
        result = Result { try draft.carryOut(command, payloads: payloads, in: &world, at: now) }
    }

    func answer(from world: World, openWaits: inout OpenWaits) {
        guard let result else { preconditionFailure("answered before it was performed") }
        continuation.resume(with: result)
    }

    func fail(_ error: EngineError) {
        continuation.resume(throwing: error)
    }
}

/// A look at the world.
///
/// `@unchecked`: its state is touched by the loop's thread alone once it is posted.
final class ReadSubmission<R: Sendable>: Submission, @unchecked Sendable {
    private let body: @Sendable (World) -> R
    private let continuation: CheckedContinuation<R, any Error>

    init(_ body: @escaping @Sendable (World) -> R, continuation: CheckedContinuation<R, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    func perform(in world: inout World, at now: Instant, writing draft: inout CommitDraft) {}

    func answer(from world: World, openWaits: inout OpenWaits) {
        continuation.resume(returning: body(world))
    }

    func fail(_ error: EngineError) {
        continuation.resume(throwing: error)
    }
}
