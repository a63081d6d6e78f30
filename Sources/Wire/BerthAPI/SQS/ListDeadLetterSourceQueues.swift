import BerthProtocols
import BerthQueues
import BerthWorld

enum ListDeadLetterSourceQueues: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "ListDeadLetterSourceQueues"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let MaxResults: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        /// Lower-case in the model, unlike ListQueues'.
        let queueUrls: [String]
        let NextToken: String?

        private enum CodingKeys: QueryKey {
            case queueUrls, NextToken

            var query: QueryName? { self == .queueUrls ? .flatList("QueueUrl") : nil }
        }
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let names = try world.queues.deadLetterSources(of: input.QueueUrl.name)
        let page = try QueuePage(names, token: input.NextToken, limit: input.MaxResults)
        return Output(queueUrls: page.names.map { QueueAddress.url(of: $0, context) }, NextToken: page.nextToken)
    }
}
