import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld

enum ListQueues: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "ListQueues"

    struct Input: Decodable, Sendable {
        let QueueNamePrefix: String?
        let MaxResults: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        /// Absent when there is none.
        let QueueUrls: [String]?
        let NextToken: String?

        private enum CodingKeys: QueryKey {
            case QueueUrls, NextToken

            var query: QueryName? { self == .QueueUrls ? .flatList("QueueUrl") : nil }
        }
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let names = world.queues.list(prefix: input.QueueNamePrefix ?? "")
        let page = try QueuePage(names, token: input.NextToken, limit: input.MaxResults)
        let urls = page.names.map { QueueAddress.url(of: $0, context) }
        return Output(QueueUrls: urls.isEmpty ? nil : urls, NextToken: page.nextToken)
    }
}
