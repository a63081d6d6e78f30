import BerthProtocols
import BerthWorld

enum PurgeQueue: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "PurgeQueue"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
    }

    static func command(_ input: Input, _ context: RequestContext) -> PurgeQueueCommand {
        PurgeQueueCommand(queue: input.QueueUrl.name)
    }
}
