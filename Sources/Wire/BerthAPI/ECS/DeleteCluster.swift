import BerthECS
import BerthProtocols
import BerthWorld

enum DeleteCluster: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "DeleteCluster"

    struct Input: Decodable, Sendable {
        let cluster: String
    }

    struct Output: Encodable, Sendable {
        let cluster: ClusterShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(cluster: ClusterShape(reply, in: $0.ecs, include: [])) }
    }

    private static func command(_ input: Input) throws -> DeleteClusterCommand {
        DeleteClusterCommand(cluster: input.cluster)
    }
}
