import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld

enum PutScheduledAction: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "PutScheduledAction"
    static let note = "Time zones are UTC or a fixed offset such as Etc/GMT+5."
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable, TargetAddress {
        let ServiceNamespace: String
        let Schedule: String?
        let Timezone: String?
        let ScheduledActionName: String
        let ResourceId: String
        let ScalableDimension: String
        let StartTime: Instant?
        let EndTime: Instant?
        let ScalableTargetAction: ScalableTargetActionShape?
    }

    static func command(_ input: Input, _ context: RequestContext) -> PutScheduledActionCommand {
        PutScheduledActionCommand(
            specification: ScheduledActionSpecification(
                name: input.ScheduledActionName,
                key: input.key,
                schedule: input.Schedule, timezone: input.Timezone, start: input.StartTime, end: input.EndTime,
                minimum: input.ScalableTargetAction?.MinCapacity, maximum: input.ScalableTargetAction?.MaxCapacity))
    }
}
