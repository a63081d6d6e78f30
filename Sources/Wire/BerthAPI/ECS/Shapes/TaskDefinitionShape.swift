import BerthECS
import BerthKernel
import BerthPlacement
import OrderedCollections

struct TaskDefinitionShape: Encodable, Sendable {
    let taskDefinitionArn: String
    let containerDefinitions: [ContainerDefinitionShape]
    let family: String
    let taskRoleArn: String?
    let executionRoleArn: String?
    let networkMode: String
    let revision: Int
    let volumes: [VolumeShape]
    let status: String
    let requiresAttributes: [NameValueShape] = []
    let placementConstraints: [PlacementConstraintShape]
    let compatibilities: [String]
    let requiresCompatibilities: [String]?
    let cpu: String?
    let memory: String?
    let registeredAt: Instant
    let deregisteredAt: Instant?

    init(_ definition: TaskDefinition) {
        let specification = definition.specification
        taskDefinitionArn = definition.arn
        containerDefinitions = specification.containers.map(ContainerDefinitionShape.init)
        family = definition.key.family
        taskRoleArn = specification.taskRoleARN
        executionRoleArn = specification.executionRoleARN
        networkMode = specification.networkMode.rawValue
        revision = definition.key.revision
        volumes = specification.volumes.map(VolumeShape.init)
        status = definition.status.rawValue
        placementConstraints = specification.placementConstraints.map(PlacementConstraintShape.init)
        let required = specification.requiresCompatibilities.map(\.rawValue)
        compatibilities = required.contains("EC2") ? required : ["EC2"] + required
        requiresCompatibilities = required.isEmpty ? nil : required
        cpu = specification.cpu.map { "\($0)" }
        memory = specification.memory.map { "\($0)" }
        registeredAt = definition.registeredAt
        deregisteredAt = definition.deregisteredAt
    }
}

struct VolumeShape: Codable, Sendable {
    struct Host: Codable, Sendable {
        let sourcePath: String?
    }

    let name: String?
    let host: Host?

    init(_ volume: TaskDefinitionSpecification.Volume) {
        name = volume.name
        host = Host(sourcePath: volume.hostSourcePath)
    }

    var volume: TaskDefinitionSpecification.Volume { .init(name: name ?? "", hostSourcePath: host?.sourcePath) }
}

struct ContainerDefinitionShape: Codable, Sendable {
    struct PortMappingShape: Codable, Sendable {
        let containerPort: Int?
        let hostPort: Int?
        let `protocol`: String?
        let name: String?
        let appProtocol: String?
    }

    struct DependencyShape: Codable, Sendable {
        let containerName: String
        let condition: String
    }

    struct HealthCheckShape: Codable, Sendable {
        let command: [String]
        let interval: Int?
        let timeout: Int?
        let retries: Int?
        let startPeriod: Int?
    }

    struct LogConfigurationShape: Codable, Sendable {
        let logDriver: String
        let options: OrderedDictionary<String, String>?
    }

    let name: String?
    let image: String?
    let cpu: Int?
    let memory: Int?
    let memoryReservation: Int?
    let portMappings: [PortMappingShape]?
    let essential: Bool?
    let entryPoint: [String]?
    let command: [String]?
    let environment: [NameValueShape]?
    let dependsOn: [DependencyShape]?
    let startTimeout: Int?
    let stopTimeout: Int?
    let workingDirectory: String?
    let logConfiguration: LogConfigurationShape?
    let healthCheck: HealthCheckShape?
    let resourceRequirements: [ResourceRequirementShape]?
    let mountPoints: [MountPointShape]?
    let volumesFrom: [VolumeFromShape]?
    let secrets: [SecretShape]?
    let environmentFiles: [EnvironmentFileShape]?
    let ulimits: [UlimitShape]?
    let dockerLabels: OrderedDictionary<String, String>?
    let restartPolicy: RestartPolicyShape?
    let user: String?
    let hostname: String?
    let privileged: Bool?
    let readonlyRootFilesystem: Bool?
    let interactive: Bool?
    let pseudoTerminal: Bool?
    let linuxParameters: LinuxParametersShape?

    init(_ container: ContainerDefinition) {
        name = container.name
        image = container.image
        cpu = container.cpu
        memory = container.memory
        memoryReservation = container.memoryReservation
        portMappings = container.portMappings.map(PortMappingShape.init)
        essential = container.isEssential
        entryPoint = container.entryPoint.isEmpty ? nil : container.entryPoint
        command = container.command.isEmpty ? nil : container.command
        environment = container.environment.map(NameValueShape.init)
        let dependencies = container.dependsOn.map {
            DependencyShape(containerName: $0.container, condition: $0.condition)
        }
        dependsOn = dependencies.isEmpty ? nil : dependencies
        startTimeout = container.startTimeout
        stopTimeout = container.stopTimeout
        workingDirectory = container.workingDirectory
        logConfiguration = container.logConfiguration.map(LogConfigurationShape.init)
        healthCheck = container.healthCheck.map(HealthCheckShape.init)
        let requirements = container.resourceRequirements.map(ResourceRequirementShape.init)
        resourceRequirements = requirements.isEmpty ? nil : requirements
        let recorded = container.recorded
        mountPoints = recorded.mountPoints.map(MountPointShape.init)
        volumesFrom = []
        secrets = recorded.secrets.map { SecretShape(name: $0.name, valueFrom: $0.value) }.nonEmpty
        environmentFiles = recorded.environmentFiles.map { EnvironmentFileShape(value: $0, type: "s3") }.nonEmpty
        ulimits = recorded.ulimits.map(UlimitShape.init).nonEmpty
        dockerLabels =
            recorded.dockerLabels.isEmpty
            ? nil : OrderedDictionary(recorded.dockerLabels.map { ($0.name, $0.value) }) { $1 }
        restartPolicy = recorded.restartPolicy.map(RestartPolicyShape.init)
        user = recorded.user
        hostname = recorded.hostname
        privileged = recorded.isPrivileged
        readonlyRootFilesystem = recorded.hasReadOnlyRootFilesystem
        interactive = recorded.isInteractive
        pseudoTerminal = recorded.hasPseudoTerminal
        linuxParameters = recorded.hasInitProcess.map(LinuxParametersShape.init)
    }

    var definition: ContainerDefinition {
        ContainerDefinition(
            name: name ?? "", image: image ?? "", cpu: cpu ?? 0, memory: memory, memoryReservation: memoryReservation,
            isEssential: essential ?? true, entryPoint: entryPoint ?? [], command: command ?? [],
            environment: environment.orEmpty.map(\.variable), workingDirectory: workingDirectory,
            portMappings: portMappings.orEmpty.map(\.mapping),
            resourceRequirements: resourceRequirements.orEmpty.map(\.requirement),
            dependsOn: dependsOn.orEmpty.map { .init(container: $0.containerName, condition: $0.condition) },
            startTimeout: startTimeout, stopTimeout: stopTimeout, healthCheck: healthCheck?.check,
            logConfiguration: logConfiguration?.configuration, recorded: recorded)
    }
}

extension ContainerDefinitionShape.PortMappingShape {
    init(_ mapping: ContainerDefinition.PortMapping) {
        containerPort = mapping.containerPort
        hostPort = mapping.hostPort ?? 0
        `protocol` = mapping.isUDP ? "udp" : "tcp"
        name = mapping.name
        appProtocol = mapping.appProtocol
    }

    var mapping: ContainerDefinition.PortMapping {
        ContainerDefinition.PortMapping(
            containerPort: containerPort ?? 0, hostPort: hostPort == 0 ? nil : hostPort, isUDP: `protocol` == "udp",
            name: name, appProtocol: appProtocol)
    }
}

extension ContainerDefinitionShape.HealthCheckShape {
    init(_ check: ContainerDefinition.HealthCheck) {
        command = check.command
        interval = check.interval
        timeout = check.timeout
        retries = check.retries
        startPeriod = check.startPeriod
    }

    var check: ContainerDefinition.HealthCheck {
        .init(
            command: command, interval: interval ?? 30, timeout: timeout ?? 5, retries: retries ?? 3,
            startPeriod: startPeriod)
    }
}

extension ContainerDefinitionShape.LogConfigurationShape {
    init(_ configuration: ContainerDefinition.LogConfiguration) {
        logDriver = configuration.driver
        options = OrderedDictionary(uniqueKeysWithValues: configuration.options.map { ($0.name, $0.value) })
    }

    var configuration: ContainerDefinition.LogConfiguration {
        .init(driver: logDriver, options: (options ?? [:]).map { .init(name: $0.key, value: $0.value) })
    }
}
