package import HTTPTypes

/// An answer ready to be sent.
package struct WireResponse: Hashable, Sendable {
    package var status: Int
    package var headers: HTTPFields
    package var body: [UInt8]

    package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension HTTPField.Name {
    package static let amzTarget = known("X-Amz-Target")
    package static let amzRequestID = known("x-amzn-RequestId")
    package static let amzQueryError = known("x-amzn-query-error")
    package static let amzDate = known("X-Amz-Date")
    package static let amzSecurityToken = known("X-Amz-Security-Token")
    package static let amzContentSHA256 = known("X-Amz-Content-Sha256")
    package static let smithyProtocol = known("smithy-protocol")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return name
    }
}
