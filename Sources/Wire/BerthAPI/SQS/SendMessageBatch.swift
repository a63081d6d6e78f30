import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld

enum SendMessageBatch: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "SendMessageBatch"

    struct Entry: Decodable, Sendable {
        let Id: String
        let message: MessageInput

        private enum CodingKeys: CodingKey {
            case Id
        }

        init(from decoder: any Decoder) throws {
            Id = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .Id)
            message = try MessageInput(from: decoder)
        }
    }

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let Entries: [Entry]

        private enum CodingKeys: QueryKey {
            case QueueUrl, Entries

            var query: QueryName? { self == .Entries ? .flatList("\(name)RequestEntry") : nil }
        }
    }

    struct Success: Encodable, Sendable {
        let Id: String
        let MD5OfMessageBody: String
        let MD5OfMessageAttributes: String?
        let MD5OfMessageSystemAttributes: String?
        let MessageId: String
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> BatchOutput<SendMessageBatch, Success> {
        try MessageBatch.check(ids: input.Entries.map(\.Id), entryType: "\(name)RequestEntry")
        var accepted: [(id: String, message: OutgoingMessage, payload: MessagePayload)] = []
        var failures: [BatchFailure] = []
        for entry in input.Entries {
            do throws(Refusal) {
                let (message, payload) = try entry.message.checked()
                accepted.append((entry.Id, message, payload))
            } catch {
                failures.append(BatchFailure(entry.Id, error))
            }
        }
        try MessageBatch.check(totalSize: accepted.reduce(0) { $0 + $1.message.size })
        let results = try await context.world.submit(
            SendMessages(queue: input.QueueUrl.name, messages: accepted.map(\.message), isBatch: true),
            payloads: accepted.map(\.payload.bytes))
        var successes: [Success] = []
        for (entry, result) in zip(accepted, results) {
            switch result {
            case .success(let sent):
                successes.append(
                    Success(
                        Id: entry.id, MD5OfMessageBody: entry.payload.bodyDigest,
                        MD5OfMessageAttributes: entry.payload.attributeDigest,
                        MD5OfMessageSystemAttributes: entry.payload.systemAttributeDigest, MessageId: sent.id.uuid))
            case .failure(let refusal): failures.append(BatchFailure(entry.id, refusal))
            }
        }
        return BatchOutput(successes, failures)
    }
}
