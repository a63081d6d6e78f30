import BerthECS
import BerthProtocols
import BerthWorld
import OrderedCollections

enum ListClusters: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListClusters"

    struct Input: Decodable, Sendable {
        let nextToken: String?
        let maxResults: Int?
    }

    struct Output: Encodable, Sendable {
        let clusterArns: [String]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let arns = world.ecs.clusters.values.filter { $0.status == .active }.map(\.arn)
        let page = try ECSPage(arns, after: input.nextToken, limit: input.maxResults)
        return Output(clusterArns: page.entries, nextToken: page.nextToken)
    }
}
