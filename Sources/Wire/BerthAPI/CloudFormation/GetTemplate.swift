import BerthKernel
import BerthProtocols
import BerthStacks
import BerthTemplates
import BerthWorld

enum GetTemplate: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "GetTemplate"

    struct Input: Decodable, Sendable {
        let StackName: String?
    }

    struct Output: Encodable, Sendable {
        let TemplateBody: String
        let StagesAvailable = ["Original", "Processed"]
    }

    /// The text byte for byte as it was submitted, at either stage: no transform changes it.
    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        guard let name = input.StackName else { throw Refusal.validation("StackName must be specified.") }
        return Output(TemplateBody: try world.stacks.describe(name).templateText)
    }
}
