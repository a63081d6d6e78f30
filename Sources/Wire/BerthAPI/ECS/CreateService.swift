import BerthECS
import BerthProtocols
import BerthWorld

enum CreateService: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "CreateService"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let serviceName: String
        let taskDefinition: String?
        let desiredCount: Int?
        let schedulingStrategy: String?
        let launchType: String?
        let capacityProviderStrategy: [StrategyItemShape]?
        let platformVersion: String?
        let deploymentConfiguration: DeploymentConfigurationShape?
        let placementConstraints: [PlacementConstraintShape]?
        let placementStrategy: [PlacementStrategyShape]?
        let networkConfiguration: NetworkConfigurationShape?
        let healthCheckGracePeriodSeconds: Int?
        let availabilityZoneRebalancing: String?
        let tags: [TagShape]?
        let enableECSManagedTags: Bool?
        let propagateTags: String?
        let enableExecuteCommand: Bool?
        let role: String?
    }

    struct Output: Encodable, Sendable {
        let service: ServiceShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(service: ServiceShape(reply, in: $0.ecs, includesTags: true)) }
    }

    private static func command(_ input: Input) throws -> CreateServiceCommand {
        let scheduling = SchedulingStrategy(rawValue: input.schedulingStrategy ?? "REPLICA") ?? .replica
        var options = ServiceOptions()
        options.propagatesTags = .init(rawValue: input.propagateTags ?? "NONE") ?? .none
        options.enablesManagedTags = input.enableECSManagedTags ?? false
        options.enablesExecuteCommand = input.enableExecuteCommand ?? false
        options.healthCheckGracePeriodSeconds = input.healthCheckGracePeriodSeconds ?? 0
        options.balancesZones = input.availabilityZoneRebalancing != "DISABLED"
        options.roleARN = input.role
        options.tags = input.tags.orEmpty.map(\.tag)
        return CreateServiceCommand(
            specification: ServiceSpecification(
                cluster: input.cluster, name: input.serviceName, taskDefinition: input.taskDefinition ?? "",
                desiredCount: input.desiredCount, schedulingStrategy: scheduling,
                launchType: try input.launchType.map { try LaunchType(named: $0) },
                strategy: input.capacityProviderStrategy.orEmpty.map(\.item),
                network: input.networkConfiguration?.network, platformVersion: input.platformVersion,
                deploymentConfiguration: input.deploymentConfiguration?
                    .configuration(otherwise: .standard(scheduling)),
                placementStrategies: try input.placementStrategy.orEmpty.map { try $0.strategy() },
                placementConstraints: try input.placementConstraints.orEmpty.map { try $0.constraint() },
                options: options))
    }
}
