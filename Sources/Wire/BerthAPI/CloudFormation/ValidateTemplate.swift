import BerthKernel
import BerthProtocols
import BerthTemplateFormats
import BerthTemplates
import BerthWorld
import OrderedCollections

enum ValidateTemplate: APIOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "ValidateTemplate"

    struct Input: Decodable, Sendable {
        let TemplateBody: String?
        let TemplateURL: String?
    }

    struct Parameter: Encodable, Sendable {
        let ParameterKey: String
        let DefaultValue: String?
        let NoEcho: Bool
        let Description: String?
    }

    struct Output: Encodable, Sendable {
        let Parameters: [Parameter]
        let Description: String?
        let Capabilities: [String]?
        let CapabilitiesReason: String?
        let DeclaredTransforms: [String]?
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let document = try TemplateInput(body: input.TemplateBody, url: input.TemplateURL).document()
        let template = try Template(document.value)
        let need = CapabilityNeed(of: template)
        return Output(
            Parameters: template.parameters.values.map { parameter in
                Parameter(
                    ParameterKey: parameter.name, DefaultValue: parameter.defaultText, NoEcho: parameter.isHidden,
                    Description: parameter.summary)
            },
            Description: template.summary, Capabilities: need.capabilities, CapabilitiesReason: need.reason,
            DeclaredTransforms: document.transforms.isEmpty ? nil : document.transforms)
    }
}
