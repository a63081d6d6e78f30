import BerthECS
import BerthProtocols
import BerthWorld

enum PutClusterCapacityProviders: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "PutClusterCapacityProviders"

    struct Input: Decodable, Sendable {
        let cluster: String
        let capacityProviders: [String]
        let defaultCapacityProviderStrategy: [StrategyItemShape]
    }

    struct Output: Encodable, Sendable {
        let cluster: ClusterShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(cluster: ClusterShape(reply, in: $0.ecs, include: [])) }
    }

    private static func command(_ input: Input) throws -> PutClusterCapacityProvidersCommand {
        PutClusterCapacityProvidersCommand(
            cluster: input.cluster, providers: input.capacityProviders,
            defaultStrategy: input.defaultCapacityProviderStrategy.map(\.item))
    }
}
