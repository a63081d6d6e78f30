import BerthProtocols
import BerthWorld

enum RemovePermission: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "RemovePermission"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Label: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> RemovePermissionCommand {
        RemovePermissionCommand(queue: input.QueueUrl.name, label: input.Label)
    }
}
