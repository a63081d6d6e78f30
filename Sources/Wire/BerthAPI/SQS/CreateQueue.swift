import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum CreateQueue: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "CreateQueue"

    struct Input: Decodable, Sendable {
        let QueueName: String
        let Attributes: OrderedDictionary<String, String>?
        /// Lower-case in the model, unlike everything beside it.
        let tags: OrderedDictionary<String, String>?

        private enum CodingKeys: QueryKey {
            case QueueName, Attributes, tags

            var query: QueryName? {
                switch self {
                case .Attributes: .attributes
                case .tags: .tags
                default: nil
                }
            }
        }
    }

    struct Output: Encodable, Sendable {
        let QueueUrl: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> CreateQueueCommand {
        CreateQueueCommand(
            queue: input.QueueName, attributes: input.Attributes ?? [:],
            tags: (input.tags ?? [:]).map { Tag(key: $0.key, value: $0.value) })
    }

    static func output(_ reply: Void, _ input: Input, _ context: RequestContext) -> Output {
        Output(QueueUrl: QueueAddress.url(of: input.QueueName, context))
    }
}
