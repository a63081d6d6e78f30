import BerthECS
import BerthProtocols
import BerthWorld

enum ListContainerInstances: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListContainerInstances"
    static let note = "The filter expression is not supported yet."

    struct Input: Decodable, Sendable {
        let cluster: String?
        let nextToken: String?
        let maxResults: Int?
        let status: String?
    }

    struct Output: Encodable, Sendable {
        let containerInstanceArns: [String]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let cluster = try world.ecs.activeCluster(input.cluster)
        let instances = world.ecs.containerInstances(in: cluster.name)
            .filter { instance in input.status.map { instance.status.rawValue == $0 } ?? true }
        let page = try ECSPage(instances.map(\.arn), after: input.nextToken, limit: input.maxResults)
        return Output(containerInstanceArns: page.entries, nextToken: page.nextToken)
    }
}
