import BerthECS
import BerthProtocols
import BerthWorld

enum GetTaskProtection: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "GetTaskProtection"
    typealias Output = TaskProtectionOutput

    struct Input: Decodable, Sendable {
        let cluster: String
        let tasks: [String]?
    }

    static func output(
        _ input: Input, in world: borrowing World, _ context: RequestContext
    ) throws -> TaskProtectionOutput {
        let (protections, failures) = try world.ecs.taskProtection(
            cluster: input.cluster, tasks: input.tasks ?? [], at: world.now)
        return TaskProtectionOutput(protections, failures)
    }
}
