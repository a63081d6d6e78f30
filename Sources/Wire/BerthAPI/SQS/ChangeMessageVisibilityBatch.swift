import BerthProtocols
import BerthQueues
import BerthWorld

enum ChangeMessageVisibilityBatch: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "ChangeMessageVisibilityBatch"

    struct Entry: Decodable, Sendable {
        let Id: String
        let ReceiptHandle: String
        let VisibilityTimeout: Int?
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
    ) async throws -> BatchOutput<ChangeMessageVisibilityBatch, BatchSuccess> {
        try MessageBatch.check(ids: input.Entries.map(\.Id), entryType: "\(name)RequestEntry")
        let entries = input.Entries.map {
            ChangeVisibilities.Entry(handle: $0.ReceiptHandle, seconds: $0.VisibilityTimeout ?? 0)
        }
        let command = ChangeVisibilities(queue: input.QueueUrl.name, entries: entries)
        let results = try await context.world.submit(command, payloads: [])
        return BatchOutput(ids: input.Entries.map(\.Id), results)
    }
}
