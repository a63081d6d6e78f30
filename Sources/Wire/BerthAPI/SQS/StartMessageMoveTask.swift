import BerthProtocols
import BerthWorld

enum StartMessageMoveTask: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "StartMessageMoveTask"

    struct Input: Decodable, Sendable {
        let SourceArn: String
        let DestinationArn: String?
        let MaxNumberOfMessagesPerSecond: Int?
    }

    struct Output: Encodable, Sendable {
        let TaskHandle: String
    }

    static func command(_ input: Input, _ context: RequestContext) -> StartMessageMoveTaskCommand {
        StartMessageMoveTaskCommand(
            sourceARN: input.SourceArn, destinationARN: input.DestinationArn,
            messagesPerSecond: input.MaxNumberOfMessagesPerSecond)
    }

    static func output(_ reply: String, _ input: Input, _ context: RequestContext) -> Output {
        Output(TaskHandle: reply)
    }
}
