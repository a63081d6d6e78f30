import BerthECS
import BerthProtocols
import BerthWorld

enum RunTask: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "RunTask"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let taskDefinition: String
        let count: Int?
        let launchType: String?
        let capacityProviderStrategy: [StrategyItemShape]?
        let networkConfiguration: NetworkConfigurationShape?
        let group: String?
        let startedBy: String?
        let overrides: TaskOverrideShape?
        let placementStrategy: [PlacementStrategyShape]?
        let placementConstraints: [PlacementConstraintShape]?
        let tags: [TagShape]?
        let propagateTags: String?
    }

    struct Output: Encodable, Sendable {
        let tasks: [TaskShape]
        let failures: [FailureShape]
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { world in
            Output(
                tasks: reply.tasks.map { TaskShape($0, in: world.ecs, includesTags: true) },
                failures: reply.failures.map(FailureShape.init))
        }
    }

    private static func command(_ input: Input) throws -> RunTaskCommand {
        RunTaskCommand(
            request: RunTaskRequest(
                cluster: input.cluster, taskDefinition: input.taskDefinition, count: input.count ?? 1,
                launchType: try input.launchType.map { try LaunchType(named: $0) },
                strategy: input.capacityProviderStrategy.orEmpty.map(\.item),
                network: input.networkConfiguration?.network, group: input.group, startedBy: input.startedBy,
                overrides: try input.overrides?.overrides() ?? TaskOverrides(),
                placementStrategies: try input.placementStrategy.orEmpty.map { try $0.strategy() },
                placementConstraints: try input.placementConstraints.orEmpty.map { try $0.constraint() },
                tags: input.tags.orEmpty.map(\.tag),
                propagatesTags: input.propagateTags.flatMap(ServiceOptions.TagSource.init) ?? .none))
    }
}
