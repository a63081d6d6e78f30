import BerthCapacity
import BerthECS
import BerthKernel
import BerthPlacement
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::ECS::Service*. `Ref` gives the ARN. Creation waits for a steady state.
    static let service = ResourceType(
        "AWS::ECS::Service",
        properties: [
            "ServiceName": .modelled, "Cluster": .modelled, "TaskDefinition": .modelled, "DesiredCount": .modelled,
            "LaunchType": .modelled, "CapacityProviderStrategy": .modelled, "SchedulingStrategy": .modelled,
            "DeploymentConfiguration": .modelled, "PlacementStrategies": .modelled, "PlacementConstraints": .modelled,
            "NetworkConfiguration": .modelled, "AvailabilityZoneRebalancing": .recorded,
            "HealthCheckGracePeriodSeconds": .recorded, "EnableECSManagedTags": .recorded,
            "EnableExecuteCommand": .recorded, "PropagateTags": .modelled, "PlatformVersion": .recorded,
            "Role": .recorded, "Tags": .recorded, "ServiceRegistries": .notSupported, "LoadBalancers": .notSupported,
            "DeploymentController": .recorded, "ServiceConnectConfiguration": .notSupported,
            "VolumeConfigurations": .notSupported,
        ],
        attributes: ["Name", "ServiceArn"],
        note: "Fargate tasks run without a machine of their own being modelled or paid for.",
        create: { action, world throws(Refusal) in
            let service = try world.ecs.createService(try specification(action, world), at: world.now)
            return isSteady(service) ? complete(service) : .inProgress(physicalID: service.arn)
        },
        progress: { arn, _, world in
            guard let service = world.ecs.services.values.first(where: { $0.arn == arn }) else {
                return .failed(reason: "The service was deleted while it was being created.")
            }
            return isSteady(service) ? complete(service) : .inProgress(physicalID: arn)
        },
        delete: { arn, _, world throws(Refusal) in
            guard let service = world.ecs.services.values.first(where: { $0.arn == arn }) else { return .done }
            switch service.status {
            case .active:
                _ = try world.ecs.deleteService(
                    cluster: service.cluster, service: service.name, force: true, at: world.now)
                return .waiting
            case .draining: return .waiting
            case .inactive:
                // AWS counts a service as gone when its tasks are, not when they have been told to stop.
                return service.tasks.isEmpty ? .done : .waiting
            }
        })

    private static func isSteady(_ service: ECSService) -> Bool {
        service.deployments.count == 1 && service.primary?.rolloutState == .completed
            && service.runningCount == service.desiredCount || service.desiredCount == 0
    }

    private static func complete(_ service: ECSService) -> ResourceResult {
        .complete(
            physicalID: service.arn,
            attributes: ["Name": .string(service.name), "ServiceArn": .string(service.arn)])
    }

    private static func specification(
        _ action: ResourceAction, _ world: World
    ) throws(Refusal) -> ServiceSpecification {
        let properties = action.properties
        let name = try properties.string("SchedulingStrategy") ?? "REPLICA"
        guard let scheduling = SchedulingStrategy(rawValue: name) else {
            throw properties.invalid("SchedulingStrategy", "#: \(name) is not a valid enum value")
        }
        var launchType: LaunchType?
        if let name = try properties.string("LaunchType") { launchType = try LaunchType(named: name) }
        var options = ServiceOptions()
        options.tags = try action.allTags()
        options.enablesManagedTags = try properties.bool("EnableECSManagedTags") ?? false
        options.propagatesTags = .init(rawValue: try properties.string("PropagateTags") ?? "NONE") ?? .none
        options.healthCheckGracePeriodSeconds = try properties.int("HealthCheckGracePeriodSeconds") ?? 0
        options.balancesZones = try properties.string("AvailabilityZoneRebalancing") != "DISABLED"
        options.roleARN = try properties.string("Role")
        return ServiceSpecification(
            cluster: try properties.string("Cluster"),
            name: try properties.string("ServiceName") ?? action.defaultName(),
            taskDefinition: try properties.required("TaskDefinition", try properties.string("TaskDefinition")),
            // CloudFormation starts one task of a replica service whose template names no count.
            desiredCount: try properties.int("DesiredCount") ?? (scheduling == .replica ? 1 : nil),
            schedulingStrategy: scheduling, launchType: launchType,
            strategy: try properties.strategy("CapacityProviderStrategy") ?? [],
            network: try network(properties, world), platformVersion: try properties.string("PlatformVersion"),
            deploymentConfiguration: try deployment(properties, scheduling),
            placementStrategies: try properties.placementStrategies("PlacementStrategies") ?? [],
            placementConstraints: try properties.constraints("PlacementConstraints") ?? [], options: options)
    }

    private static func network(
        _ properties: ResourceProperties, _ world: World
    ) throws(Refusal) -> NetworkConfiguration? {
        guard let network = try properties.map("NetworkConfiguration")?.map("AwsvpcConfiguration") else { return nil }
        let subnets = try network.strings("Subnets") ?? []
        return NetworkConfiguration(
            subnets: subnets, securityGroups: try network.strings("SecurityGroups") ?? [],
            assignsPublicIP: try network.string("AssignPublicIp") == "ENABLED",
            zones: subnets.compactMap { world.zone(ofSubnet: $0) })
    }

    private static func deployment(
        _ properties: ResourceProperties, _ scheduling: SchedulingStrategy
    ) throws(Refusal) -> DeploymentConfiguration? {
        guard let given = try properties.map("DeploymentConfiguration") else { return nil }
        var configuration = DeploymentConfiguration.standard(scheduling)
        configuration.minimumHealthyPercent =
            try given.int("MinimumHealthyPercent") ?? configuration.minimumHealthyPercent
        configuration.maximumPercent = try given.int("MaximumPercent") ?? configuration.maximumPercent
        if let breaker = try given.map("DeploymentCircuitBreaker") {
            configuration.circuitBreaker = .init(
                isEnabled: try breaker.bool("Enable") ?? false, rollsBack: try breaker.bool("Rollback") ?? false)
        }
        return configuration
    }
}

extension World {
    /// The zone of a subnet: of the default network, or one that a stack made.
    package func zone(ofSubnet id: String) -> String? {
        capacity.network.zone(ofSubnet: id) ?? recorded.zone(ofSubnet: id)
    }
}

extension ResourceProperties {
    /// A capacity provider strategy.
    ///
    /// Weights left out are zero, as through the API.
    func strategy(_ name: String) throws(Refusal) -> [CapacityProviderStrategyItem]? {
        guard let entries = try maps(name) else { return nil }
        var items: [CapacityProviderStrategyItem] = []
        for entry in entries {
            items.append(
                CapacityProviderStrategyItem(
                    try entry.string("CapacityProvider") ?? "", weight: try entry.int("Weight") ?? 0,
                    base: try entry.int("Base") ?? 0))
        }
        return items
    }

    func placementStrategies(_ name: String) throws(Refusal) -> [PlacementStrategy]? {
        guard let entries = try maps(name) else { return nil }
        var strategies: [PlacementStrategy] = []
        for entry in entries {
            strategies.append(
                try PlacementStrategy(type: try entry.string("Type") ?? "", field: try entry.string("Field")))
        }
        return strategies
    }

    func constraints(_ name: String) throws(Refusal) -> [PlacementConstraint]? {
        guard let entries = try maps(name) else { return nil }
        var constraints: [PlacementConstraint] = []
        for entry in entries {
            constraints.append(
                try PlacementConstraint(
                    type: try entry.string("Type") ?? "", expression: try entry.string("Expression")))
        }
        return constraints
    }
}
