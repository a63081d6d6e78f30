import BerthECS
import BerthKernel
import BerthPlacement
import BerthProtocols
import BerthWorld

enum RegisterTaskDefinition: WriteOperation {
    static let service = ServiceDescription.ecs
    static let name = "RegisterTaskDefinition"

    struct Input: Decodable, Sendable {
        struct Platform: Codable, Sendable {
            let cpuArchitecture: String?
            let operatingSystemFamily: String?
        }

        let family: String
        let taskRoleArn: String?
        let executionRoleArn: String?
        let networkMode: String?
        let containerDefinitions: [ContainerDefinitionShape]
        let volumes: [VolumeShape]?
        let placementConstraints: [PlacementConstraintShape]?
        let requiresCompatibilities: [String]?
        let cpu: String?
        let memory: String?
        let tags: [TagShape]?
        let runtimePlatform: Platform?
    }

    struct Output: Encodable, Sendable {
        let taskDefinition: TaskDefinitionShape
        let tags: [TagShape]?
    }

    static func command(_ input: Input, _ context: RequestContext) throws -> RegisterTaskDefinitionCommand {
        let needsFargate = input.requiresCompatibilities.orEmpty.contains("FARGATE")
        return RegisterTaskDefinitionCommand(
            specification: TaskDefinitionSpecification(
                family: input.family, containers: input.containerDefinitions.map(\.definition),
                cpu: try input.cpu.map { try TaskSize.cpu($0) },
                memory: try input.memory.map { try TaskSize.memory($0) },
                networkMode: try mode(input.networkMode, needsFargate),
                requiresCompatibilities: try input.requiresCompatibilities.orEmpty.map { try LaunchType(named: $0) },
                placementConstraints: try input.placementConstraints.orEmpty.map { try $0.constraint() },
                taskRoleARN: input.taskRoleArn, executionRoleARN: input.executionRoleArn,
                volumes: input.volumes.orEmpty.map(\.volume),
                runtimePlatform: input.runtimePlatform.map {
                    .init(cpuArchitecture: $0.cpuArchitecture, operatingSystemFamily: $0.operatingSystemFamily)
                },
                tags: input.tags.orEmpty.map(\.tag)))
    }

    private static func mode(_ text: String?, _ needsFargate: Bool) throws -> NetworkMode {
        guard let text else { return needsFargate ? .awsvpc : .bridge }
        guard let mode = NetworkMode(rawValue: text) else {
            throw Refusal(code: "ClientException", message: "Invalid network mode: \(text).")
        }
        return mode
    }

    static func output(_ reply: TaskDefinition, _ input: Input, _ context: RequestContext) -> Output {
        Output(taskDefinition: TaskDefinitionShape(reply), tags: input.tags)
    }
}
