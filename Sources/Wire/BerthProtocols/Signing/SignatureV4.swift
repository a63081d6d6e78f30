package import BerthKernel
import Crypto
package import HTTPTypes

/// What signs a request: a long-lived key, or a temporary one with its session token.
package struct SigningCredentials: Hashable, Sendable {
    package let accessKeyID: String
    package let secretAccessKey: String
    package let sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

/// AWS Signature Version 4 in the `Authorization` header, for services that normalise paths as all but S3 do.
///
/// - AWS: IAM User Guide, *Create a signed AWS API request*.
package struct SignatureV4: Sendable {
    private static let algorithm = "AWS4-HMAC-SHA256"

    private let credentials: SigningCredentials
    private let region: String
    private let service: String

    package init(credentials: SigningCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// Adds the date, the session token if there is one, and the signature.
    ///
    /// Every header the request has by then is signed, so what is added or changed afterwards breaks it only if
    /// it was there already. The path must be percent-encoded as it will be sent.
    package func sign(_ request: inout HTTPRequest, body: [UInt8], at now: Instant) {
        let timestamp = CalendarTime(now).basicTimestamp
        request.headerFields[.amzDate] = timestamp
        request.headerFields[.amzSecurityToken] = credentials.sessionToken
        let headers = signedHeaders(of: request)
        let names = headers.map(\.name).joined(separator: ";")
        let scope = "\(timestamp.prefix(8))/\(region)/\(service)/aws4_request"
        let canonical = [
            request.method.rawValue, path(of: request), query(of: request),
            headers.map { "\($0.name):\($0.value)\n" }.joined(), names, hex(SHA256.hash(data: body)),
        ].joined(separator: "\n")
        let text = [Self.algorithm, timestamp, scope, hex(SHA256.hash(data: Array(canonical.utf8)))]
            .joined(separator: "\n")
        let signature = hex(authenticate(text, with: key(date: String(timestamp.prefix(8)))))
        request.headerFields[.authorization] =
            "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(names), Signature=\(signature)"
    }

    /// Names in lower case and in order, values trimmed and with single spaces.
    private func signedHeaders(of request: HTTPRequest) -> [(name: String, value: String)] {
        var headers = request.headerFields
            .filter { $0.name != .authorization }
            .map { ($0.name.canonicalName, $0.value.split(separator: " ").joined(separator: " ")) }
        headers.append(("host", request.authority ?? ""))
        return headers.sorted { $0.0 < $1.0 }
    }

    private func path(of request: HTTPRequest) -> String {
        let path = (request.path ?? "/").prefix { $0 != "?" }
        return path.isEmpty ? "/" : String(path)
    }

    private func query(of request: HTTPRequest) -> String {
        let parameters = (request.path ?? "").drop { $0 != "?" }.dropFirst().split(separator: "&")
        return parameters.map { $0.contains("=") ? String($0) : $0 + "=" }.sorted().joined(separator: "&")
    }

    /// The key of one day, region and service, which is what a leaked key is limited to.
    private func key(date: String) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey)".utf8))
        for part in [date, region, service, "aws4_request"] {
            key = SymmetricKey(data: authenticate(part, with: key))
        }
        return key
    }

    private func authenticate(_ text: String, with key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }
}

/// Lower-case hexadecimal digits, two a byte.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.reduce(into: "") { $0 += hexDigits(UInt64($1), 2) }
}

extension CalendarTime {
    /// `20261121T080509Z`, as signatures write times.
    fileprivate var basicTimestamp: String {
        String(iso8601.filter { $0 != "-" && $0 != ":" })
    }
}
