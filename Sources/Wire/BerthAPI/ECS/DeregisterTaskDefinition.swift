import BerthECS
import BerthProtocols
import BerthWorld

enum DeregisterTaskDefinition: WriteOperation {
    static let service = ServiceDescription.ecs
    static let name = "DeregisterTaskDefinition"

    struct Input: Decodable, Sendable {
        let taskDefinition: String
    }

    struct Output: Encodable, Sendable {
        let taskDefinition: TaskDefinitionShape
    }

    static func command(_ input: Input, _ context: RequestContext) -> DeregisterTaskDefinitionCommand {
        DeregisterTaskDefinitionCommand(taskDefinition: input.taskDefinition)
    }

    static func output(_ reply: TaskDefinition, _ input: Input, _ context: RequestContext) -> Output {
        Output(taskDefinition: TaskDefinitionShape(reply))
    }
}
