import Synchronization

/// Where the server listens, known once it does: port 0 asks the system for a free one.
final class ServerAddress: Sendable {
    private let host: String
    private let port = Mutex<Int?>(nil)
    private let stream: AsyncStream<Int>
    private let continuation: AsyncStream<Int>.Continuation

    init(host: String) {
        self.host = host
        (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    }

    func resolve(port: Int) {
        self.port.withLock { $0 = port }
        continuation.yield(port)
        continuation.finish()
    }

    /// Waits until the server listens.
    ///
    /// For one caller.
    func resolved() async throws -> (endpoint: String, port: Int) {
        for await port in stream { return (endpoint(port), port) }
        throw CancellationError()
    }

    /// `http://HOST:PORT`; port 0 before the server listens, when nobody can ask.
    var endpoint: String {
        endpoint(port.withLock { $0 } ?? 0)
    }

    private func endpoint(_ port: Int) -> String {
        let name = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)"
    }
}

/// Ends the server from inside a request, once there is something to end.
final class ShutdownTrigger: Sendable {
    private let action = Mutex<(@Sendable () async -> Void)?>(nil)

    func arm(_ action: @escaping @Sendable () async -> Void) {
        self.action.withLock { $0 = action }
    }

    /// Returns at once, so that the request that asked for it can still be answered.
    func fire() {
        guard let action = action.withLock({ $0 }) else { return }
        // Unstructured because it must outlive the request that it answers.
        Task { await action() }
    }
}
