import BerthProtocols
import BerthWorld

enum CancelMessageMoveTask: WriteOperation {
    static let service = ServiceDescription.sqs
    static let name = "CancelMessageMoveTask"

    struct Input: Decodable, Sendable {
        let TaskHandle: String
    }

    struct Output: Encodable, Sendable {
        let ApproximateNumberOfMessagesMoved: Int
    }

    static func command(_ input: Input, _ context: RequestContext) -> CancelMessageMoveTaskCommand {
        CancelMessageMoveTaskCommand(handle: input.TaskHandle)
    }

    static func output(_ reply: Int, _ input: Input, _ context: RequestContext) -> Output {
        Output(ApproximateNumberOfMessagesMoved: reply)
    }
}
