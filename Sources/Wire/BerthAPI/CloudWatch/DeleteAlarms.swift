import BerthProtocols
import BerthWorld

enum DeleteAlarms: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "DeleteAlarms"
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let AlarmNames: [String]
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeleteAlarmsCommand {
        DeleteAlarmsCommand(alarms: input.AlarmNames)
    }
}
