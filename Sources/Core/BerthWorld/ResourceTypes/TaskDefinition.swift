import BerthECS
import BerthKernel
import BerthPlacement
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::ECS::TaskDefinition*. `Ref` gives the ARN with its revision.
    static let taskDefinition = ResourceType(
        "AWS::ECS::TaskDefinition",
        properties: [
            "Family": .modelled, "ContainerDefinitions": .modelled, "Cpu": .modelled, "Memory": .modelled,
            "NetworkMode": .modelled, "RequiresCompatibilities": .modelled, "PlacementConstraints": .modelled,
            "TaskRoleArn": .recorded, "ExecutionRoleArn": .recorded, "Volumes": .recorded,
            "EphemeralStorage": .recorded, "RuntimePlatform": .recorded, "Tags": .recorded, "PidMode": .recorded,
            "IpcMode": .recorded, "ProxyConfiguration": .recorded, "InferenceAccelerators": .recorded,
            "EnableFaultInjection": .recorded,
        ],
        attributes: ["TaskDefinitionArn"],
        create: { action, world throws(Refusal) in
            let definition = try world.ecs.registerTaskDefinition(try specification(action), at: world.now)
            return .complete(physicalID: definition.arn, attributes: ["TaskDefinitionArn": .string(definition.arn)])
        },
        delete: { arn, _, world throws(Refusal) in
            _ = try world.ecs.deregisterTaskDefinition(arn, at: world.now)
            return .done
        })

    private static func specification(_ action: ResourceAction) throws(Refusal) -> TaskDefinitionSpecification {
        let properties = action.properties
        var containers: [ContainerDefinition] = []
        for container in try properties.maps("ContainerDefinitions") ?? [] {
            containers.append(try ContainerDefinition(container))
        }
        var compatibilities: [LaunchType] = []
        for name in try properties.strings("RequiresCompatibilities") ?? [] {
            compatibilities.append(try LaunchType(named: name))
        }
        var volumes: [TaskDefinitionSpecification.Volume] = []
        for volume in try properties.maps("Volumes") ?? [] {
            volumes.append(
                .init(
                    name: try volume.string("Name") ?? "",
                    hostSourcePath: try volume.map("Host")?.string("SourcePath")))
        }
        let platform = try properties.map("RuntimePlatform")
        return TaskDefinitionSpecification(
            family: try properties.string("Family") ?? action.defaultName(), containers: containers,
            cpu: try properties.string("Cpu").size(TaskSize.cpu),
            memory: try properties.string("Memory").size(TaskSize.memory),
            networkMode: try networkMode(properties, compatibilities), requiresCompatibilities: compatibilities,
            placementConstraints: try properties.constraints("PlacementConstraints") ?? [],
            taskRoleARN: try properties.string("TaskRoleArn"),
            executionRoleARN: try properties.string("ExecutionRoleArn"), volumes: volumes,
            ephemeralStorageGiB: try properties.map("EphemeralStorage")?.int("SizeInGiB"),
            runtimePlatform: .init(
                cpuArchitecture: try platform?.string("CpuArchitecture"),
                operatingSystemFamily: try platform?.string("OperatingSystemFamily")),
            tags: try action.allTags())
    }

    private static func networkMode(
        _ properties: ResourceProperties, _ compatibilities: [LaunchType]
    ) throws(Refusal) -> NetworkMode {
        guard let name = try properties.string("NetworkMode") else {
            return compatibilities.contains(.fargate) ? .awsvpc : .bridge
        }
        guard let mode = NetworkMode(rawValue: name) else {
            throw properties.invalid("NetworkMode", "#: \(name) is not a valid enum value")
        }
        return mode
    }
}

extension ContainerDefinition {
    fileprivate init(_ properties: ResourceProperties) throws(Refusal) {
        self.init(
            name: try properties.string("Name") ?? "", image: try properties.string("Image") ?? "",
            cpu: try properties.int("Cpu") ?? 0, memory: try properties.int("Memory"),
            memoryReservation: try properties.int("MemoryReservation"),
            isEssential: try properties.bool("Essential") ?? true,
            entryPoint: try properties.strings("EntryPoint") ?? [], command: try properties.strings("Command") ?? [],
            environment: try properties.variables("Environment"),
            workingDirectory: try properties.string("WorkingDirectory"),
            portMappings: try Self.portMappings(properties), resourceRequirements: try Self.requirements(properties),
            dependsOn: try Self.dependencies(properties), startTimeout: try properties.int("StartTimeout"),
            stopTimeout: try properties.int("StopTimeout"), healthCheck: try Self.healthCheck(properties),
            logConfiguration: try Self.logConfiguration(properties))
    }

    private static func portMappings(_ properties: ResourceProperties) throws(Refusal) -> [PortMapping] {
        var mappings: [PortMapping] = []
        for mapping in try properties.maps("PortMappings") ?? [] {
            let hostPort = try mapping.int("HostPort")
            mappings.append(
                PortMapping(
                    containerPort: try mapping.int("ContainerPort") ?? 0, hostPort: hostPort == 0 ? nil : hostPort,
                    isUDP: try mapping.string("Protocol") == "udp", name: try mapping.string("Name"),
                    appProtocol: try mapping.string("AppProtocol")))
        }
        return mappings
    }

    private static func requirements(_ properties: ResourceProperties) throws(Refusal) -> [ResourceRequirement] {
        var requirements: [ResourceRequirement] = []
        for entry in try properties.maps("ResourceRequirements") ?? [] {
            requirements.append(
                ResourceRequirement(type: try entry.string("Type") ?? "", value: try entry.string("Value") ?? ""))
        }
        return requirements
    }

    private static func dependencies(_ properties: ResourceProperties) throws(Refusal) -> [Dependency] {
        var dependencies: [Dependency] = []
        for entry in try properties.maps("DependsOn") ?? [] {
            dependencies.append(
                Dependency(
                    container: try entry.string("ContainerName") ?? "",
                    condition: try entry.string("Condition") ?? "START"))
        }
        return dependencies
    }

    private static func healthCheck(_ properties: ResourceProperties) throws(Refusal) -> HealthCheck? {
        guard let check = try properties.map("HealthCheck") else { return nil }
        return HealthCheck(
            command: try check.strings("Command") ?? [], interval: try check.int("Interval") ?? 30,
            timeout: try check.int("Timeout") ?? 5, retries: try check.int("Retries") ?? 3,
            startPeriod: try check.int("StartPeriod"))
    }

    private static func logConfiguration(_ properties: ResourceProperties) throws(Refusal) -> LogConfiguration? {
        guard let configuration = try properties.map("LogConfiguration") else { return nil }
        let options = try configuration.texts("Options") ?? [:]
        return LogConfiguration(
            driver: try configuration.string("LogDriver") ?? "",
            options: options.map { ContainerLaunch.Variable(name: $0.key, value: $0.value) })
    }
}

extension ResourceProperties {
    /// A list of names and values, as `Environment` is one.
    fileprivate func variables(_ name: String) throws(Refusal) -> [ContainerLaunch.Variable] {
        var variables: [ContainerLaunch.Variable] = []
        for entry in try maps(name) ?? [] {
            variables.append(.init(name: try entry.string("Name") ?? "", value: try entry.string("Value") ?? ""))
        }
        return variables
    }
}

extension String? {
    fileprivate func size(_ read: (String) throws(Refusal) -> Int) throws(Refusal) -> Int? {
        guard let self else { return nil }
        return try read(self)
    }
}
