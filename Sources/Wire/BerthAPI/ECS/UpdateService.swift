import BerthECS
import BerthProtocols
import BerthWorld

enum UpdateService: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "UpdateService"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let service: String
        let desiredCount: Int?
        let taskDefinition: String?
        let capacityProviderStrategy: [StrategyItemShape]?
        let deploymentConfiguration: DeploymentConfigurationShape?
        let availabilityZoneRebalancing: String?
        let networkConfiguration: NetworkConfigurationShape?
        let placementConstraints: [PlacementConstraintShape]?
        let placementStrategy: [PlacementStrategyShape]?
        let platformVersion: String?
        let forceNewDeployment: Bool?
        let healthCheckGracePeriodSeconds: Int?
        let enableExecuteCommand: Bool?
        let enableECSManagedTags: Bool?
        let propagateTags: String?
    }

    struct Output: Encodable, Sendable {
        let service: ServiceShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(service: ServiceShape(reply, in: $0.ecs, includesTags: true)) }
    }

    private static func command(_ input: Input) throws -> UpdateServiceCommand {
        UpdateServiceCommand(
            update: ServiceUpdate(
                cluster: input.cluster, service: input.service, desiredCount: input.desiredCount,
                taskDefinition: input.taskDefinition, strategy: input.capacityProviderStrategy?.map(\.item),
                network: input.networkConfiguration?.network, platformVersion: input.platformVersion,
                deploymentConfiguration: input.deploymentConfiguration?
                    .configuration(otherwise: .standard(.replica)),
                placementStrategies: try input.placementStrategy?.map { try $0.strategy() },
                placementConstraints: try input.placementConstraints?.map { try $0.constraint() },
                forceNewDeployment: input.forceNewDeployment ?? false,
                propagatesTags: input.propagateTags.flatMap(ServiceOptions.TagSource.init),
                enablesManagedTags: input.enableECSManagedTags, enablesExecuteCommand: input.enableExecuteCommand,
                healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
                balancesZones: input.availabilityZoneRebalancing.map { $0 == "ENABLED" }))
    }
}
