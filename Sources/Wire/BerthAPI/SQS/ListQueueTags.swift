import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld
import OrderedCollections

enum ListQueueTags: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "ListQueueTags"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
    }

    struct Output: Encodable, Sendable {
        /// Absent when there is none.
        let Tags: OrderedDictionary<String, String>?

        private enum CodingKeys: QueryKey {
            case Tags

            var query: QueryName? { self == .Tags ? .tags : nil }
        }
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let tags = try world.queues.tags(of: input.QueueUrl.name)
        return Output(
            Tags: tags.isEmpty ? nil : OrderedDictionary(uniqueKeysWithValues: tags.map { ($0.key, $0.value) }))
    }
}
