import BerthKernel
import BerthProtocols
import BerthStacks
import BerthTemplateFormats
import BerthTemplates
import BerthWorld
import OrderedCollections

enum GetTemplateSummary: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "GetTemplateSummary"

    struct Input: Decodable, Sendable {
        let TemplateBody: String?
        let TemplateURL: String?
        let StackName: String?
    }

    struct Constraints: Encodable, Sendable {
        let AllowedValues: [String]?
    }

    struct Parameter: Encodable, Sendable {
        let ParameterKey: String
        let DefaultValue: String?
        let ParameterType: String
        let NoEcho: Bool
        let Description: String?
        let ParameterConstraints: Constraints
    }

    struct Output: Encodable, Sendable {
        /// Present even when there is none: the AWS CLI depends on it.
        let Parameters: [Parameter]
        let Description: String?
        let Capabilities: [String]?
        let CapabilitiesReason: String?
        let ResourceTypes: [String]
        let Version: String?
        let DeclaredTransforms: [String]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let document =
            if let name = input.StackName {
                try TemplateDocument(reading: try world.stacks.describe(name).templateText)
            } else {
                try TemplateInput(body: input.TemplateBody, url: input.TemplateURL).document()
            }
        let template = try Template(document.value)
        let need = CapabilityNeed(of: template)
        return Output(
            Parameters: template.parameters.values.map(parameter), Description: template.summary,
            Capabilities: need.capabilities, CapabilitiesReason: need.reason,
            ResourceTypes: template.resources.values.map(\.type),
            Version: document.value["AWSTemplateFormatVersion"]?.text, DeclaredTransforms: document.transforms)
    }

    private static func parameter(_ parameter: ParameterDefinition) -> Parameter {
        Parameter(
            ParameterKey: parameter.name, DefaultValue: parameter.defaultText, ParameterType: parameter.type.name,
            NoEcho: parameter.isHidden, Description: parameter.summary,
            ParameterConstraints: Constraints(AllowedValues: parameter.allowedValues))
    }
}
