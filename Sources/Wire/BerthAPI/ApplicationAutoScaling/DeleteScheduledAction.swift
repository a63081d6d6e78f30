import BerthProtocols
import BerthWorld

enum DeleteScheduledAction: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DeleteScheduledAction"
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable, TargetAddress {
        let ServiceNamespace: String
        let ScheduledActionName: String
        let ResourceId: String
        let ScalableDimension: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteScheduledActionCommand {
        DeleteScheduledActionCommand(
            action: input.ScheduledActionName,
            key: input.key)
    }
}
