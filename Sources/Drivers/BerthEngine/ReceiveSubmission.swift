import BerthKernel
import BerthWorld
import Synchronization

/// The callers whose long polls are open, by waiter id.
struct OpenWaits {
    private var waits: [UInt64: any OpenWait] = [:]

    mutating func add(_ wait: any OpenWait) {
        waits[wait.waiter] = wait
    }

    mutating func remove(_ waiter: UInt64) -> (any OpenWait)? {
        waits.removeValue(forKey: waiter)
    }

    /// Answers everybody with nothing, as at the end of a wait.
    mutating func answerAll() {
        for waiter in waits.keys.sorted() {
            waits.removeValue(forKey: waiter)?.deliver([])
        }
    }

    mutating func failAll(_ error: EngineError) {
        for waiter in waits.keys.sorted() {
            waits.removeValue(forKey: waiter)?.fail(error)
        }
    }
}

/// A long poll that the world has accepted and not answered yet.
protocol OpenWait: AnyObject {
    var waiter: UInt64 { get }
    func deliver(_ messages: [ReceivedMessage])
    func fail(_ error: EngineError)
}

/// A long poll, asked and perhaps waiting.
final class ReceiveSubmission<C: WaitingCommand>: Submission, OpenWait, @unchecked Sendable {
    /// asked -> performed -> over; or asked -> abandoned -> over.
    ///
    /// Touched by the engine's thread alone.
    private enum State {
        case asked
        /// The caller went away before the loop took this up: the world never hears of it.
        case abandoned
        case performed(Result<C.Reply, any Error>)
        case over
    }

    let command: C
    /// Set once, before the submission is posted; resumed once, by whoever ends the wait.
    var continuation: CheckedContinuation<[ReceivedMessage], any Error>?
    private var state = State.asked

    var waiter: UInt64 { command.waiter }

    init(_ command: C) {
        self.command = command
    }

    func perform(in world: inout World, at now: Instant, writing draft: inout CommitDraft) {
        guard case .asked = state else { return }
        state = .performed(Result { try draft.carryOut(command, payloads: [], in: &world, at: now) })
    }

    func answer(from world: World, openWaits: inout OpenWaits) {
        switch state {
        case .performed(.success(let reply)):
            guard let messages = C.messages(in: reply) else { return openWaits.add(self) }
            deliver(messages)
        case .performed(.failure(let error)):
            finish(.failure(error))
        case .abandoned:
            cancelled()
        case .asked, .over:
            preconditionFailure("a long poll is answered once, after it was performed")
        }
    }

    /// The caller has gone.
    ///
    /// Returns whether the world keeps a wait for it that must end.
    func abandon() -> Bool {
        switch state {
        case .asked:
            state = .abandoned
            return false
        case .performed(.success(let reply)):
            return C.messages(in: reply) == nil
        case .performed, .abandoned, .over:
            return false
        }
    }

    func deliver(_ messages: [ReceivedMessage]) {
        finish(.success(messages))
    }

    func cancelled() {
        finish(.failure(CancellationError()))
    }

    func fail(_ error: EngineError) {
        continuation?.resume(throwing: error)
    }

    private func finish(_ outcome: Result<[ReceivedMessage], any Error>) {
        state = .over
        continuation?.resume(with: outcome)
    }
}

/// The caller of a long poll went away.
final class CancelReceive<C: WaitingCommand>: Submission, @unchecked Sendable {
    private let receive: ReceiveSubmission<C>

    init(_ receive: ReceiveSubmission<C>) {
        self.receive = receive
    }

    func perform(in world: inout World, at now: Instant, writing draft: inout CommitDraft) {
        guard receive.abandon() else { return }
        // Whether the world still knows the wait or not, there is nobody left to tell of a refusal.
        _ = try? draft.carryOut(receive.command.cancellation, payloads: [], in: &world, at: now)
    }

    func answer(from world: World, openWaits: inout OpenWaits) {
        guard openWaits.remove(receive.waiter) != nil else { return }
        receive.cancelled()
    }

    func fail(_ error: EngineError) {}
}

/// Gives every long poll a number no other has had, across restarts too.
///
/// Counting on from the start time in microseconds cannot meet the numbers of an earlier life unless that
/// one began a million waits a second.
final class WaiterIDs: Sendable {
    private let latest: Atomic<UInt64>

    init(startingAt instant: Instant) {
        latest = Atomic(UInt64(max(0, instant.microseconds)))
    }

    func next() -> UInt64 {
        latest.add(1, ordering: .relaxed).newValue
    }
}
