import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld
import OrderedCollections

enum RegisterScalableTarget: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "RegisterScalableTarget"
    static let note = "ECS services only."

    struct Input: Decodable, Sendable, TargetAddress {
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
        let MinCapacity: Int?
        let MaxCapacity: Int?
        let RoleARN: String?
        let SuspendedState: SuspendedStateShape?
        let Tags: OrderedDictionary<String, String>?
    }

    struct Output: Encodable, Sendable {
        let ScalableTargetARN: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> RegisterScalableTargetCommand {
        RegisterScalableTargetCommand(
            registration: TargetRegistration(
                key: input.key,
                minimum: input.MinCapacity, maximum: input.MaxCapacity, roleARN: input.RoleARN,
                suspended: input.SuspendedState?.state,
                tags: (input.Tags ?? [:]).map { Tag(key: $0.key, value: $0.value) }))
    }

    static func output(_ reply: String, _ input: Input, _ context: RequestContext) -> Output {
        Output(ScalableTargetARN: reply)
    }
}
