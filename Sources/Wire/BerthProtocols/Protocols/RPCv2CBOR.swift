package import HTTPTypes

/// smithy-rpc-v2-cbor: service and operation in the path, input and output as CBOR maps.
///
/// Of the services here only CloudWatch speaks it. Its body is never empty where the model has an output:
/// botocore fails on that.
package struct RPCv2CBOR: WireProtocol {
    package init() {}

    package var form: WireForm { .typed }

    /// `/service/SERVICE/operation/OPERATION`, perhaps behind a prefix.
    static func path(_ head: HTTPRequest) -> (service: String, operation: String)? {
        let parts = (head.path ?? "").prefix { $0 != "?" }.split(separator: "/")
        guard parts.count >= 4, parts[parts.count - 4] == "service", parts[parts.count - 2] == "operation" else {
            return nil
        }
        return (String(parts[parts.count - 3]), String(parts[parts.count - 1]))
    }

    package func parse(
        _ head: HTTPRequest, body: [UInt8], service: ServiceDescription
    ) throws(APIError) -> (operation: String, input: WireValue) {
        let operation = Self.path(head)?.operation ?? ""
        if body.isEmpty { return (operation, .empty) }
        do throws(FormatError) {
            let value = try CBORParser.parse(body)
            guard case .map = value else { throw FormatError(offset: 0, reason: "A map is expected") }
            return (operation, value)
        } catch {
            throw .serialization(error.description)
        }
    }

    package func success(
        _ output: WireValue?, operation: String, service: ServiceDescription, requestID: String
    ) -> WireResponse {
        guard let output else {
            return WireResponse(status: 200, headers: [.smithyProtocol: "rpc-v2-cbor", .amzRequestID: requestID])
        }
        return WireResponse(status: 200, headers: headers(requestID), body: CBORRenderer.render(output))
    }

    package func failure(_ error: APIError, service: ServiceDescription, requestID: String) -> WireResponse {
        var headers = headers(requestID)
        if service.isQueryCompatible { headers[.amzQueryError] = error.queryErrorHeader }
        return WireResponse(
            status: error.status, headers: headers, body: CBORRenderer.render(error.typedBody(service)))
    }

    package func unknownOperation(_ operation: String, service: ServiceDescription) -> APIError {
        APIError(
            shape: "UnknownOperationException", message: "The operation \(operation) is not known.", status: 404,
            queryCode: "InvalidAction", namespace: "com.amazon.coral.service")
    }

    private func headers(_ requestID: String) -> HTTPFields {
        [.contentType: "application/cbor", .smithyProtocol: "rpc-v2-cbor", .amzRequestID: requestID]
    }
}
