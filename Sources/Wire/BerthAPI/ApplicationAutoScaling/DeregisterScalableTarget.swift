import BerthProtocols
import BerthWorld

enum DeregisterScalableTarget: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DeregisterScalableTarget"
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable, TargetAddress {
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeregisterScalableTargetCommand {
        DeregisterScalableTargetCommand(
            key: input.key)
    }
}
