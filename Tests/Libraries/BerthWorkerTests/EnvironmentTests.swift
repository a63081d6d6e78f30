import BerthKernel
import BerthProtocols
import HTTPTypes
import Testing

@testable import BerthWorker

struct EnvironmentTests {
    @Test(
        arguments: [
            ([:], "https://sqs.eu-west-1.amazonaws.com/1/q", "https", "sqs.eu-west-1.amazonaws.com", "eu-west-1"),
            (["AWS_REGION": "us-west-2"], "http://localhost:4566/1/q", "http", "localhost:4566", "us-west-2"),
            (["AWS_ENDPOINT_URL": "http://b:1"], "https://sqs.eu-west-1.amazonaws.com/1/q", "http", "b:1", "us-east-1"),
            (
                ["AWS_ENDPOINT_URL": "http://b:1", "AWS_ENDPOINT_URL_SQS": "https://c:2/"], "http://localhost/1/q",
                "https", "c:2", "us-east-1"
            ),
            (["AWS_ENDPOINT_URL": "", "AWS_DEFAULT_REGION": "x"], "http://localhost/1/q", "http", "localhost", "x"),
        ] as [([String: String], String, String, String, String)])
    func `endpoint and region are those an SDK would choose`(
        variables: [String: String], queueURL: String, scheme: String, authority: String, region: String
    ) throws {
        let environment = AWSEnvironment(variables)
        let endpoint = try environment.endpoint(forQueue: queueURL)

        #expect(endpoint.scheme == scheme)
        #expect(endpoint.authority == authority)
        #expect(environment.region(for: endpoint) == region)
    }

    @Test(arguments: ["", "jobs", "ftp://host/q", "http://"])
    func `what is no URL is refused`(url: String) {
        #expect(throws: WorkerError.self) { try AWSEnvironment([:]).endpoint(forQueue: url) }
    }

    @Test func `calls are signed for the queue service of the region`() async throws {
        var workshop = Workshop()
        workshop.environment["AWS_REGION"] = "eu-central-1"
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.answerEmptyPolls()

        try await workshop.worker().run()

        let scope = workshop.queue.requests.first.flatMap { CredentialScope(of: $0) }
        #expect(scope?.accessKeyID == "test")
        #expect(scope?.region == "eu-central-1")
        #expect(scope?.service == "sqs")
    }
}

/// A credentials endpoint that answers with a new key each time, valid for an hour.
private final class StubAgent: HTTPTransport {
    let now = Observed(Instant.seconds(1_767_571_200))
    let requests = Observed<[HTTPRequest]>([])

    func send(_ request: HTTPRequest, body: [UInt8], timeout: Duration) async throws -> HTTPAnswer {
        let count = requests.update { $0.append(request) }.count
        let expiration = CalendarTime(now.value + .seconds(3_600)).iso8601
        return HTTPAnswer(
            status: 200,
            body: JSONRenderer.render([
                "AccessKeyId": .string("key-\(count)"), "SecretAccessKey": "s", "Token": "t",
                "Expiration": .string(expiration),
            ]))
    }
}

struct CredentialTests {
    private func source(_ agent: StubAgent, _ variables: [String: String]) -> CredentialSource {
        CredentialSource(environment: AWSEnvironment(variables), transport: agent) { agent.now.value }
    }

    @Test(arguments: [(0, "key-1"), (3_299, "key-1"), (3_300, "key-2")])
    func `container credentials are kept until five minutes before they expire`(
        seconds: Int, key: String
    ) async throws {
        let agent = StubAgent()
        let source = source(agent, ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/creds"])
        _ = try await source.credentials()

        agent.now.update { $0 = $0 + .seconds(seconds) }

        #expect(try await source.credentials().accessKeyID == key)
    }

    @Test func `a relative address is the agent's, and the token is sent along`() async throws {
        let agent = StubAgent()
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "secret",
        ]

        let credentials = try await source(agent, variables).credentials()

        #expect(credentials == SigningCredentials(accessKeyID: "key-1", secretAccessKey: "s", sessionToken: "t"))
        let request = agent.requests.value.first
        #expect(request?.authority == "169.254.170.2")
        #expect(request?.path == "/v2/credentials/1")
        #expect(request?.headerFields[.authorization] == "secret")
    }

    @Test func `keys in the environment come first`() async throws {
        let agent = StubAgent()
        let variables = [
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_SESSION_TOKEN": "c",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/creds",
        ]

        let credentials = try await source(agent, variables).credentials()

        #expect(credentials == SigningCredentials(accessKeyID: "a", secretAccessKey: "b", sessionToken: "c"))
        #expect(agent.requests.value.isEmpty)
    }
}
