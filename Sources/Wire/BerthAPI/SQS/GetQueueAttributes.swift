import BerthProtocols
import BerthQueues
import BerthWorld
import OrderedCollections

enum GetQueueAttributes: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "GetQueueAttributes"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let AttributeNames: [String]?

        private enum CodingKeys: QueryKey {
            case QueueUrl, AttributeNames

            var query: QueryName? { self == .AttributeNames ? .flatList("AttributeName") : nil }
        }
    }

    struct Output: Encodable, Sendable {
        /// Absent when none was asked for.
        let Attributes: OrderedDictionary<String, String>?

        private enum CodingKeys: QueryKey {
            case Attributes

            var query: QueryName? { self == .Attributes ? .attributes : nil }
        }
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let attributes = try world.queues.attributes(of: input.QueueUrl.name, names: input.AttributeNames ?? [])
        return Output(Attributes: attributes.isEmpty ? nil : attributes)
    }
}
