import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum TagQueue: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "TagQueue"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Tags: OrderedDictionary<String, String>

        private enum CodingKeys: QueryKey {
            case QueueUrl, Tags

            var query: QueryName? { self == .Tags ? .tags : nil }
        }
    }

    static func command(_ input: Input, _ context: RequestContext) -> TagQueueCommand {
        TagQueueCommand(queue: input.QueueUrl.name, added: input.Tags.map { Tag(key: $0.key, value: $0.value) })
    }
}
