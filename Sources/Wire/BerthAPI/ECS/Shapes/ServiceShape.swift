import BerthECS
import BerthKernel
import OrderedCollections

struct ServiceShape: Encodable, Sendable {
    struct DeploymentShape: Encodable, Sendable {
        let id: String
        let status: String
        let taskDefinition: String
        let desiredCount: Int
        let pendingCount: Int
        let runningCount: Int
        let failedTasks: Int
        let createdAt: Instant
        let updatedAt: Instant
        let capacityProviderStrategy: [StrategyItemShape]?
        let launchType: String?
        let platformVersion: String?
        let networkConfiguration: NetworkConfigurationShape?
        let rolloutState: String
        let rolloutStateReason: String
    }

    struct EventShape: Encodable, Sendable {
        let id: String
        let createdAt: Instant
        let message: String
    }

    let serviceArn: String
    let serviceName: String
    let clusterArn: String
    let loadBalancers: [String] = []
    let serviceRegistries: [String] = []
    let status: String
    let desiredCount: Int
    let runningCount: Int
    let pendingCount: Int
    let launchType: String?
    let capacityProviderStrategy: [StrategyItemShape]?
    let platformVersion: String?
    let taskDefinition: String
    let deploymentConfiguration: DeploymentConfigurationShape
    let deployments: [DeploymentShape]
    let roleArn: String?
    let events: [EventShape]
    let createdAt: Instant
    let placementConstraints: [PlacementConstraintShape]
    let placementStrategy: [PlacementStrategyShape]
    let networkConfiguration: NetworkConfigurationShape?
    let healthCheckGracePeriodSeconds: Int
    let schedulingStrategy: String
    let deploymentController = ["type": "ECS"]
    let tags: [TagShape]?
    let enableECSManagedTags: Bool
    let propagateTags: String
    let enableExecuteCommand: Bool
    let availabilityZoneRebalancing: String

    init(_ service: ECSService, in ecs: ECS, includesTags: Bool) {
        serviceArn = service.arn
        serviceName = service.name
        clusterArn = ecs.clusters[service.cluster]?.arn ?? service.cluster
        status = service.status.rawValue
        desiredCount = service.desiredCount
        runningCount = service.runningCount
        pendingCount = service.pendingCount
        let strategy = service.revision.strategy.map(StrategyItemShape.init)
        launchType = strategy.isEmpty ? service.revision.launchType.rawValue : nil
        capacityProviderStrategy = strategy.isEmpty ? nil : strategy
        platformVersion = service.revision.platformVersion
        taskDefinition = ecs.arn(of: service.revision.taskDefinition)
        deploymentConfiguration = DeploymentConfigurationShape(service.deploymentConfiguration)
        deployments = service.deployments.map { DeploymentShape($0, in: ecs) }
        roleArn = service.options.roleARN
        events = service.events.map { EventShape(id: $0.id.uuid, createdAt: $0.createdAt, message: $0.message) }
        createdAt = service.createdAt
        placementConstraints = service.placementConstraints.map(PlacementConstraintShape.init)
        placementStrategy = service.placementStrategies.map(PlacementStrategyShape.init)
        networkConfiguration = service.revision.network.map(NetworkConfigurationShape.init)
        healthCheckGracePeriodSeconds = service.options.healthCheckGracePeriodSeconds
        schedulingStrategy = service.schedulingStrategy.rawValue
        tags = includesTags ? service.options.tags.map(TagShape.init) : nil
        enableECSManagedTags = service.options.enablesManagedTags
        propagateTags = service.options.propagatesTags.rawValue
        enableExecuteCommand = service.options.enablesExecuteCommand
        availabilityZoneRebalancing = service.options.balancesZones ? "ENABLED" : "DISABLED"
    }
}

extension ServiceShape.DeploymentShape {
    init(_ deployment: Deployment, in ecs: ECS) {
        id = deployment.id
        status = deployment.status.rawValue
        taskDefinition = ecs.arn(of: deployment.revision.taskDefinition)
        desiredCount = deployment.desiredCount
        pendingCount = deployment.pendingCount
        runningCount = deployment.runningCount
        failedTasks = deployment.failedTasks
        createdAt = deployment.createdAt
        updatedAt = deployment.updatedAt
        let strategy = deployment.revision.strategy.map(StrategyItemShape.init)
        capacityProviderStrategy = strategy.isEmpty ? nil : strategy
        launchType = strategy.isEmpty ? deployment.revision.launchType.rawValue : nil
        platformVersion = deployment.revision.platformVersion
        networkConfiguration = deployment.revision.network.map(NetworkConfigurationShape.init)
        rolloutState = deployment.rolloutState.rawValue
        rolloutStateReason = deployment.rolloutStateReason
    }
}

struct DeploymentConfigurationShape: Codable, Sendable {
    struct CircuitBreakerShape: Codable, Sendable {
        let enable: Bool
        let rollback: Bool
    }

    let maximumPercent: Int?
    let minimumHealthyPercent: Int?
    let deploymentCircuitBreaker: CircuitBreakerShape?

    init(_ configuration: DeploymentConfiguration) {
        maximumPercent = configuration.maximumPercent
        minimumHealthyPercent = configuration.minimumHealthyPercent
        deploymentCircuitBreaker = configuration.circuitBreaker.map {
            CircuitBreakerShape(enable: $0.isEnabled, rollback: $0.rollsBack)
        }
    }

    /// The configuration with what is left out taken from `standard`.
    func configuration(otherwise standard: DeploymentConfiguration) -> DeploymentConfiguration {
        DeploymentConfiguration(
            minimumHealthyPercent: minimumHealthyPercent ?? standard.minimumHealthyPercent,
            maximumPercent: maximumPercent ?? standard.maximumPercent,
            circuitBreaker: deploymentCircuitBreaker.map { .init(isEnabled: $0.enable, rollsBack: $0.rollback) }
                ?? standard.circuitBreaker)
    }
}

extension ECS {
    /// A task definition's ARN: revisions are never forgotten.
    func arn(of key: TaskDefinitionKey) -> String {
        tenancy.arn("ecs", "task-definition/\(key)")
    }
}
