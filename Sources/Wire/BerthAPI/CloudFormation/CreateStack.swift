import BerthKernel
import BerthProtocols
import BerthStacks
import BerthTemplateFormats
import BerthTemplates
import BerthWorld
import OrderedCollections

enum CreateStack: WriteOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "CreateStack"
    static let note = "From TemplateBody; roles, notifications, stack policies and rollback triggers are ignored."

    struct ParameterInput: Decodable, Sendable {
        let ParameterKey: String
        let ParameterValue: String?
    }

    struct Input: Decodable, Sendable {
        let StackName: String
        let TemplateBody: String?
        let TemplateURL: String?
        let Parameters: [ParameterInput]?
        let DisableRollback: Bool?
        let Capabilities: [String]?
        let OnFailure: StackFailureAction?
        let Tags: [StackTagShape]?
        let EnableTerminationProtection: Bool?
    }

    struct Output: Encodable, Sendable {
        let StackId: String
    }

    static func command(_ input: Input, _ context: RequestContext) throws -> CreateStackCommand {
        guard input.DisableRollback == nil || input.OnFailure == nil else {
            throw Refusal.validation("You can specify either DisableRollback or OnFailure, but not both.")
        }
        let document = try TemplateInput(body: input.TemplateBody, url: input.TemplateURL).document()
        var parameters: OrderedDictionary<String, String> = [:]
        for parameter in input.Parameters.orEmpty {
            parameters[parameter.ParameterKey] = parameter.ParameterValue ?? ""
        }
        return CreateStackCommand(
            request: CreateStackRequest(
                name: input.StackName, template: document.value, templateText: document.text, parameters: parameters,
                tags: input.Tags.orEmpty.map(\.tag), capabilities: input.Capabilities ?? [],
                onFailure: input.OnFailure ?? (input.DisableRollback == true ? .doNothing : .rollback),
                isProtected: input.EnableTerminationProtection ?? false))
    }

    static func output(_ reply: String, _ input: Input, _ context: RequestContext) -> Output {
        Output(StackId: reply)
    }
}
