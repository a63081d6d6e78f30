package import HTTPTypes

/// awsJson: the operation in `X-Amz-Target`, input and output as JSON objects.
package struct AWSJSON: WireProtocol {
    package enum Version: String, Hashable, Sendable {
        case v1_0 = "1.0"
        case v1_1 = "1.1"

        fileprivate var contentType: String {
            switch self {
            case .v1_0: "application/x-amz-json-1.0"
            case .v1_1: "application/x-amz-json-1.1"
            }
        }
    }

    private let version: Version

    package init(version: Version) {
        self.version = version
    }

    package var form: WireForm { .typed }

    package func parse(
        _ head: HTTPRequest, body: [UInt8], service: ServiceDescription
    ) throws(APIError) -> (operation: String, input: WireValue) {
        let target = head.headerFields[.amzTarget] ?? ""
        let operation = target.utf8.drop { $0 != UInt8(ascii: ".") }.dropFirst()
        return (String(Substring(operation)), try input(body))
    }

    private func input(_ body: [UInt8]) throws(APIError) -> WireValue {
        if body.isEmpty { return .empty }
        do throws(FormatError) {
            let value = try JSONParser.parse(body)
            guard case .map = value else { throw FormatError(offset: 0, reason: "Start of structure expected") }
            return value
        } catch {
            throw .serialization(error.description)
        }
    }

    package func success(
        _ output: WireValue?, operation: String, service: ServiceDescription, requestID: String
    ) -> WireResponse {
        WireResponse(status: 200, headers: headers(requestID), body: output.map(JSONRenderer.render) ?? [])
    }

    package func failure(_ error: APIError, service: ServiceDescription, requestID: String) -> WireResponse {
        var headers = headers(requestID)
        if service.isQueryCompatible { headers[.amzQueryError] = error.queryErrorHeader }
        return WireResponse(
            status: error.status, headers: headers, body: JSONRenderer.render(error.typedBody(service)))
    }

    package func unknownOperation(_ operation: String, service: ServiceDescription) -> APIError {
        APIError(
            shape: "UnknownOperationException", message: "The operation \(operation) is not known.",
            queryCode: "InvalidAction", namespace: "com.amazon.coral.service")
    }

    private func headers(_ requestID: String) -> HTTPFields {
        [.contentType: version.contentType, .amzRequestID: requestID]
    }
}

extension APIError {
    /// `CODE;Sender`, for clients of services that once spoke query.
    var queryErrorHeader: String { "\(queryCode);\(fault.rawValue)" }

    /// The error as JSON and CBOR write it.
    func typedBody(_ service: ServiceDescription) -> WireValue {
        let prefix = (namespace ?? service.errorNamespace).map { $0 + "#" } ?? ""
        var body: WireMap = ["__type": .string(prefix + shape)]
        if !message.isEmpty { body.append("message", .string(message)) }
        return .map(body)
    }
}
