import BerthKernel
import BerthProtocols
import FoundationEssentials
import HTTPTypes

/// Where signatures get their keys: the environment's variables or, in an ECS task, the agent's endpoint.
///
/// Keys from the endpoint are kept until five minutes before they expire. An actor, so that many jobs that find
/// them expired ask once.
actor CredentialSource {
    private static let refreshMargin = Duration.seconds(300)
    /// The address of the ECS agent, which a relative URI is meant for.
    private static let agent = "http://169.254.170.2"

    private let environment: AWSEnvironment
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Instant
    private var kept: (credentials: SigningCredentials, expires: Instant)?
    private var refresh: Task<(credentials: SigningCredentials, expires: Instant), any Error>?

    init(environment: AWSEnvironment, transport: any HTTPTransport, now: @escaping @Sendable () -> Instant) {
        self.environment = environment
        self.transport = transport
        self.now = now
    }

    func credentials() async throws -> SigningCredentials {
        if let key = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"] {
            return SigningCredentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
        }
        if let kept, now() + Self.refreshMargin < kept.expires { return kept.credentials }
        // Unstructured, so that callers share one fetch and none of them ends it for the others.
        let refresh = self.refresh ?? Task { try await fetch() }
        self.refresh = refresh
        defer { self.refresh = nil }
        let fetched = try await refresh.value
        kept = fetched
        return fetched.credentials
    }

    private func fetch() async throws -> (credentials: SigningCredentials, expires: Instant) {
        let uri =
            environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"].map { Self.agent + $0 }
            ?? environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        guard let uri, let endpoint = Endpoint(uri) else {
            throw WorkerError(
                code: .credentials,
                message: "There are neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor container credentials.")
        }
        var request = HTTPRequest(
            method: .get, scheme: endpoint.scheme, authority: endpoint.authority, path: endpoint.path)
        request.headerFields[.authorization] = try authorizationToken()
        let answer = try await transport.send(request, body: [], timeout: .seconds(5))
        guard answer.status == 200 else {
            throw CallFailure(operation: "GET \(uri)", status: answer.status, reason: "no credentials given")
        }
        let document = try WireDecoder().decode(CredentialDocument.self, from: JSONParser.parse(answer.body))
        return (
            SigningCredentials(
                accessKeyID: document.AccessKeyId, secretAccessKey: document.SecretAccessKey,
                sessionToken: document.Token),
            document.Expiration ?? .distantFuture
        )
    }

    /// The token is read from its file anew each time, for the agent of EKS exchanges it.
    private func authorizationToken() throws -> String? {
        guard let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        let bytes = try Data(contentsOf: URL(filePath: file))
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
    }
}

/// What the credentials endpoint answers, in its own spelling.
private struct CredentialDocument: Decodable {
    let AccessKeyId: String
    let SecretAccessKey: String
    let Token: String?
    let Expiration: Instant?
}
