import BerthECS
import BerthProtocols
import BerthWorld

enum ListServices: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListServices"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let nextToken: String?
        let maxResults: Int?
        let launchType: String?
        let schedulingStrategy: String?
    }

    struct Output: Encodable, Sendable {
        let serviceArns: [String]
        let nextToken: String?
    }

    /// Ten a page where other lists have a hundred.
    ///
    /// - AWS: ECS API Reference, *ListServices*.
    private static let pageSize = 10

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let cluster = try world.ecs.activeCluster(input.cluster)
        let services = world.ecs.services(in: cluster.name).filter { service in
            let matchesType = input.launchType.map { service.revision.launchType.rawValue == $0 } ?? true
            let matchesStrategy = input.schedulingStrategy.map { service.schedulingStrategy.rawValue == $0 } ?? true
            return matchesType && matchesStrategy
        }
        let page = try ECSPage(
            services.map(\.arn), after: input.nextToken, limit: input.maxResults, standard: pageSize)
        return Output(serviceArns: page.entries, nextToken: page.nextToken)
    }
}
