import BerthKernel
import Synchronization

/// Passes decisions on to whoever watches.
final class DecisionFeed: Sendable {
    private struct Subscribers {
        var next = 0
        var continuations: [Int: AsyncStream<Decision>.Continuation] = [:]
        var isOver = false
    }

    private let buffer: Int
    private let subscribers = Mutex(Subscribers())

    init(buffer: Int) {
        self.buffer = buffer
    }

    func subscribe() -> AsyncStream<Decision> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Decision.self, bufferingPolicy: .bufferingNewest(buffer))
        let id: Int? = subscribers.withLock { subscribers in
            guard !subscribers.isOver else { return nil }
            subscribers.next += 1
            subscribers.continuations[subscribers.next] = continuation
            return subscribers.next
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.subscribers.withLock { _ = $0.continuations.removeValue(forKey: id) }
        }
        return stream
    }

    func announce(_ decision: Decision) {
        for continuation in subscribers.withLock({ Array($0.continuations.values) }) {
            continuation.yield(decision)
        }
    }

    /// Ends every subscription, now and in future.
    func finish() {
        let continuations = subscribers.withLock { subscribers in
            subscribers.isOver = true
            defer { subscribers.continuations = [:] }
            return Array(subscribers.continuations.values)
        }
        for continuation in continuations { continuation.finish() }
    }
}
