import BerthProtocols
import BerthWorld

enum DeleteQueue: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "DeleteQueue"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteQueueCommand {
        DeleteQueueCommand(queue: input.QueueUrl.name)
    }
}
