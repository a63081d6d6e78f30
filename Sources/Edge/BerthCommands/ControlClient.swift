import AsyncHTTPClient
import BerthKernel
import BerthServer
import BerthWorld
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Speaks to a running Berth: its control API under `/_berth/`, and AWS's own API where that says it better.
struct ControlClient: Sendable {
    let endpoint: String

    /// Gives up at once where nobody listens: somebody waits at the prompt.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// What went wrong, and what to do about it.
    struct Failure: Error, CustomStringConvertible {
        let description: String
        /// Nothing answers any more, or only to say that it is stopping.
        var isServerGone = false
    }

    func status() async throws -> WorldStatus {
        try await get("status")
    }

    func summary() async throws -> RunSummary {
        try await get("summary")
    }

    /// Decisions numbered above `number`, oldest first.
    func decisions(since number: Int, limit: Int) async throws -> [DecisionLog.Entry] {
        try await get("decisions?since=\(number)&limit=\(limit)")
    }

    func explanation(of subject: String) async throws -> [ExplanationLink] {
        try await get("explain/\(Self.escaped(subject))")
    }

    func logFiles() async throws -> [LogFile] {
        try await get("logs")
    }

    func health() async throws -> ServerHealth {
        try await get("health")
    }

    /// Tells the server which program stands for which image.
    func setImages(_ images: ImageMap) async throws {
        _ = try await send(.PUT, "/_berth/images", body: try JSONEncoder().encode(images), type: "application/json")
    }

    func shutDown() async throws {
        _ = try await send(.POST, "/_berth/shutdown", body: Data(), type: "application/json")
    }

    /// Calls an operation of the query protocol and returns the answer's text.
    @discardableResult
    func query(_ service: String, _ action: String, _ parameters: [(String, String)]) async throws -> String {
        let form = ([("Action", action)] + parameters)
            .map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        let scope = "Credential=berth/20260101/us-east-1/\(service)/aws4_request"
        let data = try await send(
            .POST, "/", body: Data(form.utf8), type: "application/x-www-form-urlencoded",
            headers: [("Authorization", "AWS4-HMAC-SHA256 \(scope), SignedHeaders=host, Signature=0")])
        return String(decoding: data, as: UTF8.self)
    }

    /// Calls an operation of a JSON protocol with a JSON text and returns the answer's bytes.
    @discardableResult
    func json(target: String, version: String, _ body: Data) async throws -> Data {
        try await send(
            .POST, "/", body: body, type: "application/x-amz-json-\(version)", headers: [("X-Amz-Target", target)])
    }

    private func get<Value: Decodable>(_ path: String) async throws -> Value {
        let data = try await send(.GET, "/_berth/" + path, body: nil, type: nil)
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw Failure(description: "The server at \(endpoint) answered something this version does not read.")
        }
    }

    private func send(
        _ method: HTTPMethodName, _ path: String, body: Data?, type: String?, headers: [(String, String)] = []
    ) async throws -> Data {
        var request = HTTPClientRequest(url: endpoint + path)
        request.method = .init(rawValue: method.rawValue)
        if let type { request.headers.add(name: "Content-Type", value: type) }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(data: body)) }
        let response: HTTPClientResponse
        do {
            response = try await Self.http.execute(request, timeout: .seconds(30))
        } catch {
            throw Failure(
                description: "No Berth answers at \(endpoint). Start one with `berth up TEMPLATE` or `berth serve`, "
                    + "or name another with --endpoint or BERTH_ENDPOINT.",
                isServerGone: true)
        }
        let data = Data(buffer: try await response.body.collect(upTo: 64 << 20))
        guard response.status.code < 300 else {
            guard let text = Self.errorText(data) else {
                throw Failure(description: "What answers at \(endpoint) is not Berth.")
            }
            throw Failure(description: text, isServerGone: response.status == .serviceUnavailable)
        }
        return data
    }

    /// The message inside an error answer of any of the protocols; `nil` when it is of none of them.
    private static func errorText(_ data: Data) -> String? {
        struct JSONError: Decodable {
            let message: String?
        }
        if let message = try? JSONDecoder().decode(JSONError.self, from: data).message { return message }
        let text = String(decoding: data, as: UTF8.self)
        guard let start = text.range(of: "<Message>"), let end = text.range(of: "</Message>") else {
            return text.isEmpty || text.hasPrefix("<") ? nil : text
        }
        return XMLText.unescaped(String(text[start.upperBound..<end.lowerBound]))
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

private enum HTTPMethodName: String {
    case GET, POST, PUT
}

enum XMLText {
    static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
