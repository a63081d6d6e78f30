import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum UpdateTaskProtection: WriteOperation {
    static let service = ServiceDescription.ecs
    static let name = "UpdateTaskProtection"
    typealias Output = TaskProtectionOutput

    struct Input: Decodable, Sendable {
        let cluster: String
        let tasks: [String]
        let protectionEnabled: Bool
        let expiresInMinutes: Int?
    }

    static func command(_ input: Input, _ context: RequestContext) -> UpdateTaskProtectionCommand {
        UpdateTaskProtectionCommand(
            cluster: input.cluster, tasks: input.tasks, isEnabled: input.protectionEnabled,
            expiresInMinutes: input.expiresInMinutes)
    }

    static func output(
        _ reply: UpdateTaskProtectionCommand.Reply, _ input: Input, _ context: RequestContext
    ) -> TaskProtectionOutput {
        TaskProtectionOutput(reply.protections, reply.failures)
    }
}
