import BerthECS
import BerthProtocols
import BerthWorld

enum CreateCluster: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "CreateCluster"

    struct Input: Decodable, Sendable {
        let clusterName: String?
        let tags: [TagShape]?
        let settings: [ClusterShape.Setting]?
        let capacityProviders: [String]?
        let defaultCapacityProviderStrategy: [StrategyItemShape]?
    }

    struct Output: Encodable, Sendable {
        let cluster: ClusterShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read {
            Output(cluster: ClusterShape(reply, in: $0.ecs, include: ["TAGS", "SETTINGS"]))
        }
    }

    private static func command(_ input: Input) throws -> CreateClusterCommand {
        CreateClusterCommand(
            specification: ClusterSpecification(
                name: input.clusterName, capacityProviders: input.capacityProviders.orEmpty,
                defaultStrategy: input.defaultCapacityProviderStrategy.orEmpty.map(\.item),
                settings: input.settings.orEmpty.map { Cluster.Setting(name: $0.name, value: $0.value) },
                tags: input.tags.orEmpty.map(\.tag)))
    }
}
