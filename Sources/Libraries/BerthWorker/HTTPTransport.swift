import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

/// What an HTTP server answered.
struct HTTPAnswer: Sendable {
    let status: Int
    let body: [UInt8]
}

/// Sends requests: over the network, or in tests to a queue of their own.
protocol HTTPTransport: Sendable {
    /// Cancelling the calling task gives the request up.
    func send(_ request: HTTPRequest, body: [UInt8], timeout: Duration) async throws -> HTTPAnswer
}

/// The network, through the process's shared client, which needs no shutdown.
struct NetworkTransport: HTTPTransport {
    /// More than any answer to the calls of a worker: ten messages of 1 MiB, escaped.
    private static let maximumAnswerBytes = 64 << 20

    func send(_ request: HTTPRequest, body: [UInt8], timeout: Duration) async throws -> HTTPAnswer {
        let (scheme, authority) = (request.scheme ?? "https", request.authority ?? "")
        var outgoing = HTTPClientRequest(url: "\(scheme)://\(authority)\(request.path ?? "/")")
        outgoing.method = .RAW(value: request.method.rawValue)
        for field in request.headerFields {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        if !body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        let answer = try await HTTPClient.shared.execute(outgoing, timeout: TimeAmount(timeout))
        let content = try await answer.body.collect(upTo: Self.maximumAnswerBytes)
        return HTTPAnswer(status: Int(answer.status.code), body: Array(content.readableBytesView))
    }
}
