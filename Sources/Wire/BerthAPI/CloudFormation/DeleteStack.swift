import BerthProtocols
import BerthWorld

enum DeleteStack: WriteOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "DeleteStack"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let StackName: String
        let RetainResources: [String]?
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteStackCommand {
        DeleteStackCommand(stack: input.StackName, retained: input.RetainResources ?? [])
    }
}
