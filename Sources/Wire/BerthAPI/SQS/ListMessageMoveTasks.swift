import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld

enum ListMessageMoveTasks: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "ListMessageMoveTasks"

    struct Input: Decodable, Sendable {
        let SourceArn: String
        let MaxResults: Int?
    }

    struct Output: Encodable, Sendable {
        let Results: [Entry]

        private enum CodingKeys: QueryKey {
            case Results

            var query: QueryName? { self == .Results ? .flatList("ListMessageMoveTasksResultEntry") : nil }
        }
    }

    struct Entry: Encodable, Sendable {
        /// Only while the task runs.
        let TaskHandle: String?
        let Status: String
        let SourceArn: String
        let DestinationArn: String?
        let MaxNumberOfMessagesPerSecond: Int?
        let ApproximateNumberOfMessagesMoved: Int
        let ApproximateNumberOfMessagesToMove: Int?
        let FailureReason: String?
        /// Milliseconds, where other timestamps of JSON services are seconds.
        let StartedTimestamp: Int64
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let tasks = try world.queues.moveTasks(from: input.SourceArn).prefix(input.MaxResults ?? 1)
        return Output(Results: tasks.map(entry))
    }

    private static func entry(_ task: MoveTask) -> Entry {
        Entry(
            TaskHandle: task.handle, Status: task.status.rawValue,
            SourceArn: task.sourceARN, DestinationArn: task.destinationARN,
            MaxNumberOfMessagesPerSecond: task.messagesPerSecond, ApproximateNumberOfMessagesMoved: task.messagesMoved,
            ApproximateNumberOfMessagesToMove: task.messagesToMove, FailureReason: task.failureReason,
            StartedTimestamp: task.startedAt.millisecondsSinceEpoch)
    }
}
