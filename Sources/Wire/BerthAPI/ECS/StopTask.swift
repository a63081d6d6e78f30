import BerthECS
import BerthProtocols
import BerthWorld

enum StopTask: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "StopTask"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let task: String
        let reason: String?
    }

    struct Output: Encodable, Sendable {
        let task: TaskShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(task: TaskShape(reply, in: $0.ecs)) }
    }

    private static func command(_ input: Input) throws -> StopTaskCommand {
        StopTaskCommand(cluster: input.cluster, task: input.task, reason: input.reason)
    }
}
