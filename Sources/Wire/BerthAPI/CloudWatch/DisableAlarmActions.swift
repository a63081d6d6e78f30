import BerthProtocols
import BerthWorld

enum DisableAlarmActions: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "DisableAlarmActions"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let AlarmNames: [String]
    }

    static func command(_ input: Input, _ context: RequestContext) -> SetAlarmActionsCommand {
        SetAlarmActionsCommand(alarms: input.AlarmNames, isEnabled: false)
    }
}
