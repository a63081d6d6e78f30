import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum UpdateContainerInstancesState: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "UpdateContainerInstancesState"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let containerInstances: [String]
        let status: String
    }

    struct Output: Encodable, Sendable {
        let containerInstances: [ContainerInstanceShape]
        let failures: [FailureShape]
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { world in
            Output(
                containerInstances: reply.instances.map { ContainerInstanceShape($0, in: world.ecs) },
                failures: reply.failures.map(FailureShape.init))
        }
    }

    private static func command(_ input: Input) throws -> UpdateContainerInstancesStateCommand {
        guard let status = ContainerInstance.Status(rawValue: input.status) else {
            throw Refusal(
                code: "InvalidParameterException",
                message: "Container instance status should be one of [ACTIVE, DRAINING]")
        }
        return UpdateContainerInstancesStateCommand(
            cluster: input.cluster, instances: input.containerInstances, status: status)
    }
}
