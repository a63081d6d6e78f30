import BerthEngine
import BerthKernel
import BerthProcessRuntime
import BerthProtocols
import BerthWorld
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Berth's own API below `/_berth/`: what the CLI and the dashboard ask.
///
/// | request | answer |
/// |---|---|
/// | `GET health` | version, pace, durability, state directory |
/// | `GET status` | queues, services, tasks, instances, alarms, stacks, cost |
/// | `GET decisions?since=N&limit=M` | decisions numbered above N, oldest first, at most the newest M |
/// | `GET explain/SUBJECT` | the chain of causes behind a service or task |
/// | `GET summary` | what the run came to so far |
/// | `GET logs` | where the containers' output is written |
/// | `PUT images` | says which program stands for which image |
/// | `POST shutdown` | stops the server in order |
struct ControlRoutes: Sendable {
    static let prefix = "/_berth/"

    let engine: Engine
    let health: ServerHealth
    let images: ImageRegister
    let logs: @Sendable ([WorldStatus.TaskView]) -> [LogFile]
    let shutDown: @Sendable () -> Void

    func respond(to head: HTTPRequest, uri: URI, body: [UInt8]) async -> WireResponse {
        let path = uri.path.dropFirst(Self.prefix.count).split(separator: "/").map(String.init)
        do {
            return try await answer(head.method, path, uri, body)
        } catch let refusal as Refusal {
            return .json(["message": refusal.message], status: 404)
        } catch let error as EngineError {
            return .json(["message": error.description], status: 503)
        } catch {
            return .json(["message": "\(error)"], status: 500)
        }
    }

    private func answer(
        _ method: HTTPRequest.Method, _ path: [String], _ uri: URI, _ body: [UInt8]
    ) async throws -> WireResponse {
        switch (method, path.first, path.count) {
        case (.get, "health", 1): return .json(health)
        case (.get, "status", 1): return .json(try await engine.read(\.status))
        case (.get, "summary", 1): return .json(try await engine.read(\.summary))
        case (.get, "decisions", 1):
            let number = uri.queryParameters.get("since", as: Int.self) ?? 0
            let limit = uri.queryParameters.get("limit", as: Int.self) ?? 1_000
            return .json(try await engine.read { $0.decisions.since(number, limit: limit) })
        case (.get, "explain", 2):
            let subject = path[1].removingPercentEncoding ?? path[1]
            return .json(try await engine.read { world in Result { try world.explain(subject) } }.get())
        case (.get, "logs", 1): return .json(logs(try await engine.read { $0.status.tasks }))
        case (.put, "images", 1):
            do {
                try images.replace(with: try JSONDecoder().decode(ImageMap.self, from: Data(body)))
            } catch is DecodingError {
                return .json(["message": "The body is not an image map."], status: 400)
            }
            return .json([String: String]())
        case (.post, "shutdown", 1):
            shutDown()
            return .json([String: String]())
        default:
            return .json(["message": "\(method.rawValue) \(uri.path) is no part of Berth's control API."], status: 404)
        }
    }
}

extension WireResponse {
    /// A JSON answer of Berth's own API.
    static func json(_ value: some Encodable, status: Int = 200) -> WireResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return WireResponse(status: 500) }
        return WireResponse(status: status, headers: [.contentType: "application/json"], body: Array(data))
    }
}
