import BerthProtocols
import BerthQueues
import BerthWorld

enum DeleteMessageBatch: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "DeleteMessageBatch"

    struct Entry: Decodable, Sendable {
        let Id: String
        let ReceiptHandle: String
    }

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Entries: [Entry]

        private enum CodingKeys: QueryKey {
            case QueueUrl, Entries

            var query: QueryName? { self == .Entries ? .flatList("\(name)RequestEntry") : nil }
        }
    }

    static func call(
        _ input: Input, _ context: RequestContext
    ) async throws -> BatchOutput<DeleteMessageBatch, BatchSuccess> {
        try MessageBatch.check(ids: input.Entries.map(\.Id), entryType: "\(name)RequestEntry")
        let command = DeleteMessages(queue: input.QueueUrl.name, handles: input.Entries.map(\.ReceiptHandle))
        let results = try await context.world.submit(command, payloads: [])
        return BatchOutput(ids: input.Entries.map(\.Id), results)
    }
}
