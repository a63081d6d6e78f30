package import HTTPTypes

/// One of AWS's protocols: how a request says what it wants, and how an answer is written.
package protocol WireProtocol: Sendable {
    /// Which conventions the values of this protocol follow.
    var form: WireForm { get }

    /// The operation and input of a request that ``WireRouter`` found to be in this protocol.
    func parse(
        _ head: HTTPRequest, body: [UInt8], service: ServiceDescription
    ) throws(APIError) -> (operation: String, input: WireValue)

    /// A 200 with the output, which is `nil` for an operation whose model has no output shape: that is not the
    /// same as an output without members.
    func success(
        _ output: WireValue?, operation: String, service: ServiceDescription, requestID: String
    ) -> WireResponse

    func failure(_ error: APIError, service: ServiceDescription, requestID: String) -> WireResponse

    /// How the protocol says that a service has no such operation.
    func unknownOperation(_ operation: String, service: ServiceDescription) -> APIError
}
