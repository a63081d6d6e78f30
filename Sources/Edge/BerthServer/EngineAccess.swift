import BerthAPI
import BerthEngine
import BerthKernel
import BerthProtocols
import BerthWorld

/// The world behind the server's engine, as API operations see it.
struct EngineAccess: WorldAccess {
    let engine: Engine

    func submit<C: Command>(_ command: C, payloads: [[UInt8]]) async throws -> C.Reply {
        try await answered { try await engine.submit(command, payloads: payloads) }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (borrowing World) -> Value) async throws -> Value {
        try await answered { try await engine.read { body($0) } }
    }

    func receive(_ command: ReceiveMessages) async throws -> [ReceivedMessage] {
        try await answered { try await engine.receive(command) }
    }

    func payload(_ reference: PayloadRef) async throws -> [UInt8]? {
        try engine.payload(reference)
    }

    /// Engine errors are the server's own fault, and most of them pass: clients may try again.
    private func answered<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as EngineError {
            throw APIError(shape: "ServiceUnavailable", message: error.description, status: 503)
        }
    }
}
