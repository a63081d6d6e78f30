import BerthProtocols
import BerthWorld

enum AddPermission: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "AddPermission"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Label: String
        let AWSAccountIds: [String]
        let Actions: [String]

        private enum CodingKeys: QueryKey {
            case QueueUrl, Label, AWSAccountIds, Actions

            var query: QueryName? {
                switch self {
                case .AWSAccountIds: .flatList("AWSAccountId")
                case .Actions: .flatList("ActionName")
                default: nil
                }
            }
        }
    }

    static func command(_ input: Input, _ context: RequestContext) -> AddPermissionCommand {
        AddPermissionCommand(
            queue: input.QueueUrl.name, label: input.Label, accounts: input.AWSAccountIds, actions: input.Actions)
    }
}
