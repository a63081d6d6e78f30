import BerthECS
import BerthKernel
import OrderedCollections

struct TaskShape: Encodable, Sendable {
    struct ContainerShape: Encodable, Sendable {
        let containerArn: String
        let taskArn: String
        let name: String
        let image: String
        let runtimeId: String?
        let lastStatus: String
        let exitCode: Int?
        let reason: String?
        let networkBindings: [String] = []
        let networkInterfaces: [String] = []
        let healthStatus = "UNKNOWN"
        let cpu: String
        let memory: String?
        let memoryReservation: String?
    }

    struct OverrideShape: Encodable, Sendable {
        let containerOverrides: [ContainerOverrideShape]
        let inferenceAcceleratorOverrides: [String] = []
    }

    let attachments: [String] = []
    let attributes: [NameValueShape] = []
    let availabilityZone: String?
    let capacityProviderName: String?
    let clusterArn: String
    let containerInstanceArn: String?
    let containers: [ContainerShape]
    let cpu: String
    let createdAt: Instant
    let desiredStatus: String
    let enableExecuteCommand = false
    let executionStoppedAt: Instant?
    let group: String
    let healthStatus = "UNKNOWN"
    let lastStatus: String
    let launchType: String
    let memory: String
    let overrides: OverrideShape
    let pullStartedAt: Instant?
    let startedAt: Instant?
    let startedBy: String?
    let stopCode: String?
    let stoppedAt: Instant?
    let stoppedReason: String?
    let stoppingAt: Instant?
    let tags: [TagShape]
    let taskArn: String
    let taskDefinitionArn: String
    let version: Int

    init(_ task: ECSTask, in ecs: ECS, includesTags: Bool = false) {
        availabilityZone = task.zone
        capacityProviderName = task.capacityProvider
        clusterArn = ecs.clusters[task.cluster]?.arn ?? task.cluster
        containerInstanceArn = task.containerInstance.flatMap { ecs.instances[$0]?.arn }
        containers = task.containers.map { ContainerShape($0, of: task, in: ecs) }
        cpu = "\(task.needs.cpu)"
        createdAt = task.createdAt
        desiredStatus = task.desiredStatus.rawValue
        executionStoppedAt = task.executionStoppedAt
        group = task.group
        lastStatus = task.lastStatus.rawValue
        launchType = task.launchType.rawValue
        memory = "\(task.needs.memory)"
        overrides = OverrideShape(containerOverrides: task.overrides.containers.map(ContainerOverrideShape.init))
        pullStartedAt = task.pullStartedAt
        startedAt = task.startedAt
        startedBy = task.startedBy
        stopCode = task.stopCode?.rawValue
        stoppedAt = task.stoppedAt
        stoppedReason = task.stoppedReason
        stoppingAt = task.stoppingAt
        tags = includesTags ? task.tags.map(TagShape.init) : []
        taskArn = task.arn
        taskDefinitionArn = ecs.arn(of: task.definition)
        version = task.version
    }
}

extension TaskShape.ContainerShape {
    init(_ container: TaskContainer, of task: ECSTask, in ecs: ECS) {
        containerArn = ecs.tenancy.arn("ecs", "container/\(task.cluster)/\(task.id.hex)/\(container.id.uuid)")
        taskArn = task.arn
        name = container.name
        image = container.image
        runtimeId = container.runtimeID
        lastStatus = container.lastStatus.rawValue
        exitCode = container.exitCode
        reason = container.reason
        cpu = "\(container.cpu)"
        memory = container.memory.map { "\($0)" }
        memoryReservation = container.memoryReservation.map { "\($0)" }
    }
}

struct ContainerOverrideShape: Codable, Sendable {
    let name: String?
    let command: [String]?
    let environment: [NameValueShape]?
    let cpu: Int?
    let memory: Int?
    let memoryReservation: Int?
    let resourceRequirements: [ResourceRequirementShape]?

    init(_ override: TaskOverrides.ContainerOverride) {
        name = override.name
        command = override.command
        environment = override.environment.isEmpty ? nil : override.environment.map(NameValueShape.init)
        cpu = override.cpu
        memory = override.memory
        memoryReservation = override.memoryReservation
        resourceRequirements = override.resourceRequirements?.map(ResourceRequirementShape.init)
    }

    var override: TaskOverrides.ContainerOverride {
        TaskOverrides.ContainerOverride(
            name: name ?? "", command: command, environment: environment.orEmpty.map(\.variable), cpu: cpu,
            memory: memory, memoryReservation: memoryReservation,
            resourceRequirements: resourceRequirements?.map(\.requirement))
    }
}

struct TaskOverrideShape: Decodable, Sendable {
    let containerOverrides: [ContainerOverrideShape]?
    let cpu: String?
    let memory: String?
    let taskRoleArn: String?
    let executionRoleArn: String?

    func overrides() throws(Refusal) -> TaskOverrides {
        let cpu: CPUUnits? = if let cpu { try TaskSize.cpu(cpu) } else { nil }
        let memory: MiB? = if let memory { try TaskSize.memory(memory) } else { nil }
        return TaskOverrides(
            containers: containerOverrides.orEmpty.map(\.override), cpu: cpu, memory: memory,
            taskRoleARN: taskRoleArn, executionRoleARN: executionRoleArn)
    }
}

struct ResourceRequirementShape: Codable, Sendable {
    let type: String
    let value: String

    init(_ requirement: ContainerDefinition.ResourceRequirement) {
        type = requirement.type
        value = requirement.value
    }

    var requirement: ContainerDefinition.ResourceRequirement { .init(type: type, value: value) }
}
