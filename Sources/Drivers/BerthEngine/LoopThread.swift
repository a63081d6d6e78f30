import Foundation
import Synchronization

/// The thread that owns the world: it waits for deadlines and for the disk, which no task of the
/// cooperative pool should do.
final class LoopThread: Sendable {
    private let body: @Sendable () throws -> Void
    private let hasStarted = Atomic(false)

    init(_ body: @escaping @Sendable () throws -> Void) {
        self.body = body
    }

    /// Starts the thread and returns when it has ended.
    ///
    /// Once only.
    func run() async throws {
        precondition(!hasStarted.exchange(true, ordering: .relaxed), "an engine runs once")
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [body] in
                continuation.resume(with: Result(catching: body))
            }
            thread.name = "berth-engine"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
