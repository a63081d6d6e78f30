import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld
import OrderedCollections

/// A message as SendMessage and the entries of SendMessageBatch describe it.
struct MessageInput: Decodable, Sendable {
    let MessageBody: String
    let DelaySeconds: Int?
    let MessageAttributes: OrderedDictionary<String, MessageAttributeValue>?
    let MessageSystemAttributes: OrderedDictionary<String, MessageAttributeValue>?
    let MessageDeduplicationId: String?
    let MessageGroupId: String?

    private enum CodingKeys: QueryKey {
        case MessageBody, DelaySeconds, MessageAttributes, MessageSystemAttributes
        case MessageDeduplicationId, MessageGroupId

        var query: QueryName? {
            switch self {
            case .MessageAttributes: .messageAttributes
            case .MessageSystemAttributes: .messageSystemAttributes
            default: nil
            }
        }
    }

    /// The message checked by the core's rules, and the bytes the driver is to keep for it.
    func checked() throws(Refusal) -> (message: OutgoingMessage, payload: MessagePayload) {
        let attributes = (MessageAttributes ?? [:]).map { ($0.key, $0.value) }
        let size = try MessageContent.check(
            body: MessageBody,
            attributes: attributes.map {
                MessageAttribute(name: $0.0, dataType: $0.1.DataType, value: $0.1.value)
            })
        let message = OutgoingMessage(
            payload: PayloadRef(segment: 0, offset: 0, length: 0), size: size, delaySeconds: DelaySeconds,
            groupID: MessageGroupId, deduplicationID: MessageDeduplicationId)
        let payload = MessagePayload(
            body: MessageBody, attributes: attributes.map { .init(name: $0.0, value: $0.1) },
            traceHeader: MessageSystemAttributes?["AWSTraceHeader"]?.StringValue)
        return (message, payload)
    }
}

enum SendMessage: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "SendMessage"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let message: MessageInput

        private enum CodingKeys: CodingKey {
            case QueueUrl
        }

        init(from decoder: any Decoder) throws {
            QueueUrl = try decoder.container(keyedBy: CodingKeys.self).decode(QueueAddress.self, forKey: .QueueUrl)
            message = try MessageInput(from: decoder)
        }
    }

    struct Output: Encodable, Sendable {
        let MD5OfMessageBody: String
        let MD5OfMessageAttributes: String?
        let MD5OfMessageSystemAttributes: String?
        let MessageId: String
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let (message, payload) = try input.message.checked()
        let results = try await context.world.submit(
            SendMessages(queue: input.QueueUrl.name, messages: [message]), payloads: [payload.bytes])
        let sent = try results[0].get()
        return Output(
            MD5OfMessageBody: payload.bodyDigest, MD5OfMessageAttributes: payload.attributeDigest,
            MD5OfMessageSystemAttributes: payload.systemAttributeDigest, MessageId: sent.id.uuid)
    }
}
