import BerthProtocols
import BerthWorld

enum DeleteScalingPolicy: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DeleteScalingPolicy"
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable, TargetAddress {
        let PolicyName: String
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteScalingPolicyCommand {
        DeleteScalingPolicyCommand(
            policy: input.PolicyName,
            key: input.key)
    }
}
