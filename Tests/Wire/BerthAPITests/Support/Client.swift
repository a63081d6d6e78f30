import BerthAPI
import BerthKernel
import BerthProtocols
import BerthTestSupport
import HTTPTypes
import Testing

/// What a service answered: its status and its body, read.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text of the first XML element of this name.
    func element(_ name: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }
}

/// Speaks to the API as SDKs do, bytes in and bytes out, without a socket.
struct Client {
    let world: SimulatedWorld
    private let dispatcher: Dispatcher

    init() {
        world = SimulatedWorld()
        dispatcher = Dispatcher(world: world, tenancy: .test, endpoint: { "http://127.0.0.1:4566" })
    }

    /// Over awsJson.
    func json(_ service: ServiceDescription, _ operation: String, _ input: WireValue = .empty) async throws -> WireValue
    {
        let answer = await jsonAnswer(service, operation, input)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.bytes.isEmpty ? .empty : try JSONParser.parse(answer.bytes)
    }

    func jsonAnswer(_ service: ServiceDescription, _ operation: String, _ input: WireValue = .empty) async -> Answer {
        let headers: HTTPFields = [
            .contentType: "application/x-amz-json-1.0", .amzTarget: "\(service.targetPrefix ?? "").\(operation)",
        ]
        return await send(service, "/", headers, JSONRenderer.render(input))
    }

    /// Over smithy-rpc-v2-cbor.
    func cbor(_ service: ServiceDescription, _ operation: String, _ input: WireValue = .empty) async throws -> WireValue
    {
        let path = "/service/\(service.targetPrefix ?? "")/operation/\(operation)"
        let answer = await send(service, path, [.smithyProtocol: "rpc-v2-cbor"], CBORRenderer.render(input))
        try #require(answer.status == 200, "\(answer.text)")
        return answer.bytes.isEmpty ? .empty : try CBORParser.parse(answer.bytes)
    }

    /// Over query and XML, whatever the status.
    func query(
        _ service: ServiceDescription, _ operation: String, _ parameters: [(String, String)] = [], path: String = "/",
        method: HTTPRequest.Method = .post
    ) async -> Answer {
        let fixed = [("Action", operation), ("Version", service.queryVersion ?? "")]
        let form = (fixed + parameters).map { "\($0.0.formEscaped)=\($0.1.formEscaped)" }.joined(separator: "&")
        if method == .get { return await send(service, "\(path)?\(form)", [:], [], method: .get) }
        return await send(service, path, [.contentType: "application/x-www-form-urlencoded"], Array(form.utf8))
    }

    /// Opens a URL, as a browser would.
    func get(_ service: ServiceDescription, path: String) async -> Answer {
        await send(service, path, [:], [], method: .get)
    }

    private func send(
        _ service: ServiceDescription, _ path: String, _ headers: HTTPFields, _ body: [UInt8],
        method: HTTPRequest.Method = .post
    ) async -> Answer {
        var request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:4566", path: path)
        request.headerFields = headers
        request.headerFields[.authorization] =
            "AWS4-HMAC-SHA256 Credential=test/20260105/us-east-1/\(service.signingName)/aws4_request, "
            + "SignedHeaders=host, Signature=0"
        let response = await dispatcher.respond(to: request, body: body, requestID: "request")
        return Answer(status: response.status, headers: response.headers, bytes: response.body)
    }
}

extension WireValue {
    /// Walks down members by name and elements by position.
    subscript(path: PathStep...) -> WireValue? {
        path.reduce(self) { value, step in
            switch step {
            case .name(let name): value?[name]
            case .index(let index): value?.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }

    /// The member names of a structure.
    var names: [String] {
        guard case .map(let map) = self else { return [] }
        return map.entries.map(\.name)
    }
}

enum PathStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case name(String)
    case index(Int)

    init(stringLiteral value: String) { self = .name(value) }
    init(integerLiteral value: Int) { self = .index(value) }
}

extension String {
    fileprivate var formEscaped: String {
        utf8.map { byte in
            let isPlain = Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
            return isPlain && byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + hexDigits(UInt64(byte), 2)
        }.joined()
    }
}
