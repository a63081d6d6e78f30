import BerthProtocols
import BerthWorld
import OrderedCollections

enum SetQueueAttributes: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "SetQueueAttributes"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Attributes: OrderedDictionary<String, String>

        private enum CodingKeys: QueryKey {
            case QueueUrl, Attributes

            var query: QueryName? { self == .Attributes ? .attributes : nil }
        }
    }

    static func command(_ input: Input, _ context: RequestContext) -> SetQueueAttributesCommand {
        SetQueueAttributesCommand(queue: input.QueueUrl.name, attributes: input.Attributes)
    }
}
