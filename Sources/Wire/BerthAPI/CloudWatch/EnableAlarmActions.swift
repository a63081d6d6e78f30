import BerthProtocols
import BerthWorld

enum EnableAlarmActions: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "EnableAlarmActions"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let AlarmNames: [String]
    }

    static func command(_ input: Input, _ context: RequestContext) -> SetAlarmActionsCommand {
        SetAlarmActionsCommand(alarms: input.AlarmNames, isEnabled: true)
    }
}
