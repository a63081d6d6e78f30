package import HTTPTypes

/// Finds out which service and protocol a request is for.
///
/// All services share one address. In this order, as AWS's SDKs tell them apart: `X-Amz-Target` is JSON,
/// `smithy-protocol` is RPC over CBOR, anything with an `Action` is query, for the service named in the
/// signature's credential scope. A query request names no service itself; unsigned ones are told by their
/// `Version`.
package struct WireRouter: Sendable {
    private let services: [ServiceDescription]

    package init(services: [ServiceDescription] = ServiceDescription.all) {
        self.services = services
    }

    /// Takes a request apart, whose body must be decompressed already: clients gzip large ones.
    package func route(_ head: HTTPRequest, body: [UInt8]) throws(UnroutableRequest) -> WireCall {
        let scope = CredentialScope(of: head)
        let (service, wireProtocol) = try destination(head, body: body, scope: scope)
        do throws(APIError) {
            let (operation, input) = try wireProtocol.parse(head, body: body, service: service)
            return WireCall(
                service: service, operation: operation, input: input, wireProtocol: wireProtocol,
                accessKeyID: scope?.accessKeyID)
        } catch {
            throw UnroutableRequest(error: error, service: service, wireProtocol: wireProtocol)
        }
    }

    private func destination(
        _ head: HTTPRequest, body: [UInt8], scope: CredentialScope?
    ) throws(UnroutableRequest) -> (ServiceDescription, any WireProtocol) {
        if let target = head.headerFields[.amzTarget] {
            let prefix = target.prefix { $0 != "." }
            guard let service = services.first(where: { $0.targetPrefix.map { $0 == prefix } ?? false }) else {
                throw .unknownTarget(target)
            }
            return (service, AWSJSON(version: service.jsonVersion))
        }
        if head.headerFields[.smithyProtocol] == "rpc-v2-cbor" {
            let prefix = RPCv2CBOR.path(head)?.service
            guard let service = services.first(where: { $0.targetPrefix != nil && $0.targetPrefix == prefix }) else {
                throw .unknownTarget(head.path ?? "/")
            }
            return (service, RPCv2CBOR())
        }
        let parameters = AWSQuery.parameters(head, body: body)
        guard
            let service = services.first(where: { $0.signingName == scope?.service })
                ?? services.first(where: { $0.queryVersion != nil && $0.queryVersion == parameters?["Version"]?.text })
        else { throw .unaddressed }
        return (service, service == .ec2 ? EC2Query() : AWSQuery())
    }
}

/// A request that is not for any service, or whose bytes are not what they claim to be.
package struct UnroutableRequest: Error, Sendable {
    package let error: APIError
    private let service: ServiceDescription
    private let wireProtocol: any WireProtocol

    init(error: APIError, service: ServiceDescription, wireProtocol: any WireProtocol) {
        self.error = error
        self.service = service
        self.wireProtocol = wireProtocol
    }

    /// The answer in the protocol the request seems to be in.
    package func response(requestID: String) -> WireResponse {
        wireProtocol.failure(error, service: service, requestID: requestID)
    }

    static func unknownTarget(_ target: String) -> UnroutableRequest {
        let nameless = ServiceDescription(signingName: "")
        let error = APIError(
            shape: "UnknownOperationException", message: "No service answers to \(target).", status: 404)
        return UnroutableRequest(error: error, service: nameless, wireProtocol: AWSJSON(version: .v1_1))
    }

    static let unaddressed = UnroutableRequest(
        error: APIError(
            shape: "MissingAction", message: "The request names no service: it has no X-Amz-Target and no Action."),
        service: ServiceDescription(signingName: ""), wireProtocol: AWSQuery())
}
