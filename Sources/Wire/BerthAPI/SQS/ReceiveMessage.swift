import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld
import OrderedCollections

enum ReceiveMessage: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "ReceiveMessage"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let AttributeNames: [String]?
        let MessageSystemAttributeNames: [String]?
        let MessageAttributeNames: [String]?
        let MaxNumberOfMessages: Int?
        let VisibilityTimeout: Int?
        let WaitTimeSeconds: Int?

        private enum CodingKeys: QueryKey {
            case QueueUrl, AttributeNames, MessageSystemAttributeNames, MessageAttributeNames
            case MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds

            var query: QueryName? {
                switch self {
                case .AttributeNames: .flatList("AttributeName")
                case .MessageSystemAttributeNames: .flatList("MessageSystemAttributeName")
                case .MessageAttributeNames: .flatList("MessageAttributeName")
                default: nil
                }
            }
        }
    }

    struct Output: Encodable, Sendable {
        /// Absent when there is none: an empty list would be a different answer.
        let Messages: [Message]?

        private enum CodingKeys: QueryKey {
            case Messages

            var query: QueryName? { self == .Messages ? .flatList("Message") : nil }
        }
    }

    struct Message: Encodable, Sendable {
        let MessageId: String
        let ReceiptHandle: String
        let MD5OfBody: String
        let Body: String
        let Attributes: OrderedDictionary<String, String>?
        let MD5OfMessageAttributes: String?
        let MessageAttributes: OrderedDictionary<String, MessageAttributeValue>?

        private enum CodingKeys: QueryKey {
            case MessageId, ReceiptHandle, MD5OfBody, Body, Attributes, MD5OfMessageAttributes, MessageAttributes

            var query: QueryName? {
                switch self {
                case .Attributes: .attributes
                case .MessageAttributes: .messageAttributes
                default: nil
                }
            }
        }
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let request = ReceiveRequest(
            queue: input.QueueUrl.name, limit: input.MaxNumberOfMessages ?? 1,
            visibilityTimeout: input.VisibilityTimeout, waitSeconds: input.WaitTimeSeconds, holder: context.task)
        let received = try await context.world.receive(ReceiveMessages(request: request))
        var messages: [Message] = []
        for message in received {
            // Gone between the answer and this line: deleted or purged, so nobody may have it.
            guard let bytes = try await context.world.payload(message.payload),
                let payload = MessagePayload(bytes)
            else { continue }
            messages.append(render(message, payload, input, context))
        }
        return Output(Messages: messages.isEmpty ? nil : messages)
    }

    private static func render(
        _ message: ReceivedMessage, _ payload: MessagePayload, _ input: Input, _ context: RequestContext
    ) -> Message {
        let wanted = AttributeFilter(input.MessageAttributeNames ?? [])
        let attributes = payload.attributes.filter { wanted.includes($0.name) }
        return Message(
            MessageId: message.id.uuid, ReceiptHandle: message.receiptHandle, MD5OfBody: payload.bodyDigest,
            Body: payload.body, Attributes: systemAttributes(of: message, payload, input, context),
            MD5OfMessageAttributes: MessagePayload.digest(of: attributes),
            MessageAttributes: attributes.isEmpty
                ? nil : OrderedDictionary(uniqueKeysWithValues: attributes.map { ($0.name, $0.value) }))
    }

    private static func systemAttributes(
        of message: ReceivedMessage, _ payload: MessagePayload, _ input: Input, _ context: RequestContext
    ) -> OrderedDictionary<String, String>? {
        let names = Set((input.AttributeNames ?? []) + (input.MessageSystemAttributeNames ?? []))
        guard !names.isEmpty else { return nil }
        let values: [(String, String?)] = [
            ("SenderId", context.tenancy.account),
            ("SentTimestamp", "\(message.sentAt.millisecondsSinceEpoch)"),
            ("ApproximateReceiveCount", "\(message.receiveCount)"),
            ("ApproximateFirstReceiveTimestamp", "\(message.firstReceivedAt.millisecondsSinceEpoch)"),
            ("MessageGroupId", message.groupID),
            ("AWSTraceHeader", payload.traceHeader),
            ("DeadLetterQueueSourceArn", message.deadLetterSourceARN),
        ]
        var result: OrderedDictionary<String, String> = [:]
        for (name, value) in values where names.contains("All") || names.contains(name) {
            if let value { result[name] = value }
        }
        return result
    }
}

/// `MessageAttributeNames`: exact names, everything, or everything that begins like this (reference, A.5).
private struct AttributeFilter {
    private let takesAll: Bool
    private let exact: Set<String>
    private let prefixes: [String]

    init(_ names: [String]) {
        takesAll = names.contains { $0 == "All" || $0 == ".*" || $0 == "*" }
        exact = Set(names)
        prefixes = names.filter { $0.hasSuffix(".*") }.map { String($0.dropLast(2)) }
    }

    func includes(_ name: String) -> Bool {
        takesAll || exact.contains(name) || prefixes.contains { name.hasPrefix($0) }
    }
}
