import BerthProtocols
import BerthWorld

enum UntagQueue: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "UntagQueue"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let TagKeys: [String]

        private enum CodingKeys: QueryKey {
            case QueueUrl, TagKeys

            var query: QueryName? { self == .TagKeys ? .flatList("TagKey") : nil }
        }
    }

    static func command(_ input: Input, _ context: RequestContext) -> TagQueueCommand {
        TagQueueCommand(queue: input.QueueUrl.name, removed: input.TagKeys)
    }
}
