import BerthProtocols
import BerthScaling
import BerthWorld

enum DeleteScheduledAction: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DeleteScheduledAction"
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable {
        let ServiceNamespace: String
        let ScheduledActionName: String
        let ResourceId: String
        let ScalableDimension: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteScheduledActionCommand {
        DeleteScheduledActionCommand(
            action: input.ScheduledActionName,
            key: TargetKey(
                serviceNamespace: input.ServiceNamespace, resourceID: input.ResourceId,
                dimension: input.ScalableDimension))
    }

    static func output(_ reply: Void, _ input: Input, _ context: RequestContext) -> EmptyShape {
        EmptyShape()
    }
}
