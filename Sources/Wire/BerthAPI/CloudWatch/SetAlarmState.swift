import BerthMetrics
import BerthProtocols
import BerthWorld

enum SetAlarmState: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "SetAlarmState"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let AlarmName: String
        let StateValue: AlarmState
        let StateReason: String
        let StateReasonData: String?
    }

    static func command(_ input: Input, _ context: RequestContext) -> SetAlarmStateCommand {
        SetAlarmStateCommand(
            alarm: input.AlarmName, state: input.StateValue, reason: input.StateReason,
            reasonData: input.StateReasonData)
    }
}
