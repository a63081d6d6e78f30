import BerthKernel
import BerthProtocols
import HTTPTypes

/// The calls a worker makes to one queue, over awsJson 1.0 with Signature Version 4.
struct QueueClient: Sendable {
    /// How long a call may take beyond what it asks the queue to wait.
    private static let callTimeout = Duration.seconds(10)

    private let queueURL: String
    private let endpoint: Endpoint
    private let region: String
    private let credentials: CredentialSource
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Instant

    init(
        queueURL: String, environment: AWSEnvironment, transport: any HTTPTransport,
        now: @escaping @Sendable () -> Instant
    )
        throws(WorkerError)
    {
        self.queueURL = queueURL
        endpoint = try environment.endpoint(forQueue: queueURL)
        region = environment.region(for: endpoint)
        credentials = CredentialSource(environment: environment, transport: transport, now: now)
        self.transport = transport
        self.now = now
    }

    /// - Parameters:
    ///   - limit: 1 to 10.
    ///   - wait: how long the queue may wait for a first message.
    ///   - visibility: how long the received messages stay hidden.
    /// - Returns: no messages when none came in time.
    /// - Throws: ``CallFailure``, or `CancellationError`.
    func receive(limit: Int, wait: Duration, visibility: Duration) async throws -> [ReceivedMessage] {
        let input: WireValue = [
            "QueueUrl": .string(queueURL), "MaxNumberOfMessages": .integer(Int64(limit)),
            "WaitTimeSeconds": .integer(wait.components.seconds),
            "VisibilityTimeout": .integer(visibility.components.seconds),
            "MessageSystemAttributeNames": ["ApproximateReceiveCount"], "MessageAttributeNames": ["All"],
        ]
        let output = try await call("ReceiveMessage", input, timeout: wait + Self.callTimeout)
        return try WireDecoder().decode(ReceiveOutput.self, from: output).Messages ?? []
    }

    func delete(_ message: ReceivedMessage) async throws {
        _ = try await call(
            "DeleteMessage", ["QueueUrl": .string(queueURL), "ReceiptHandle": .string(message.ReceiptHandle)],
            timeout: Self.callTimeout)
    }

    /// Hides the message for this long from now; zero gives it back at once.
    func hide(_ message: ReceivedMessage, for visibility: Duration) async throws {
        let input: WireValue = [
            "QueueUrl": .string(queueURL), "ReceiptHandle": .string(message.ReceiptHandle),
            "VisibilityTimeout": .integer(visibility.components.seconds),
        ]
        _ = try await call("ChangeMessageVisibility", input, timeout: Self.callTimeout)
    }

    private func call(_ operation: String, _ input: WireValue, timeout: Duration) async throws -> WireValue {
        var request = HTTPRequest(
            method: .post, scheme: endpoint.scheme, authority: endpoint.authority, path: "/",
            headerFields: [.contentType: "application/x-amz-json-1.0", .amzTarget: "AmazonSQS.\(operation)"])
        let body = JSONRenderer.render(input)
        let answer: HTTPAnswer
        do {
            let keys = try await credentials.credentials()
            SignatureV4(credentials: keys, region: region, service: "sqs").sign(&request, body: body, at: now())
            answer = try await transport.send(request, body: body, timeout: timeout)
        } catch let error where error is CallFailure || error is WorkerError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw CallFailure(operation: operation, status: nil, reason: "\(error)")
        }
        guard answer.status == 200 else { throw CallFailure(operation, answer) }
        return answer.body.isEmpty ? .empty : try JSONParser.parse(answer.body)
    }
}

/// A call that the queue did not carry out.
struct CallFailure: Error, Hashable, CustomStringConvertible {
    let operation: String
    /// `nil` when no answer came at all.
    let status: Int?
    let reason: String

    init(operation: String, status: Int?, reason: String) {
        self.operation = operation
        self.status = status
        self.reason = reason
    }

    fileprivate init(_ operation: String, _ answer: HTTPAnswer) {
        let body = try? JSONParser.parse(answer.body)
        let type = body?["__type"]?.text.flatMap { $0.split(separator: "#").last }.map(String.init)
        let message = body?["message"]?.text ?? body?["Message"]?.text
        let reason = [type, message].compactMap(\.self).joined(separator: ": ")
        self.init(operation: operation, status: answer.status, reason: reason.isEmpty ? "no reason given" : reason)
    }

    /// Whether the same call may succeed later: nothing came back, the fault was the queue's, or it was too busy,
    /// or the credentials had expired and will be fetched anew.
    var isWorthRetrying: Bool {
        guard let status else { return true }
        return status >= 500 || status == 429 || reason.contains("Throttl") || reason.contains("ExpiredToken")
    }

    var description: String {
        "\(operation) failed\(status.map { " with status \($0)" } ?? ""): \(reason)"
    }
}
