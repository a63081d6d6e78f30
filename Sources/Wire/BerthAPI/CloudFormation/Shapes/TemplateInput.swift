import BerthKernel
import BerthStacks
import BerthTemplateFormats
import BerthTemplates

/// A template as the operations take it: its text, or the address of a text.
struct TemplateInput: Sendable {
    let body: String?
    let url: String?

    /// The template's text, read.
    func document() throws(Refusal) -> TemplateDocument {
        guard url == nil else {
            throw .validation(
                "TemplateURL is not supported by this version of Berth: it has no S3 to read from. Send the template "
                    + "as TemplateBody.")
        }
        guard let body else { throw .validation("Either Template URL or Template Body must be specified.") }
        return try TemplateDocument(reading: body)
    }
}

extension TemplateDocument {
    init(reading text: String) throws(Refusal) {
        do throws(TemplateTextError) {
            try self.init(text)
        } catch {
            throw error.refusal
        }
    }

    /// `Transform`: one name or several.
    var transforms: [String] {
        let value = value["Transform"]
        return value?.elements?.compactMap(\.text) ?? value?.text.map { [$0] } ?? []
    }
}

/// What a template would need a client to acknowledge, and why.
struct CapabilityNeed {
    let capabilities: [String]?
    let reason: String?

    init(of template: Template) {
        guard let capability = template.missingCapability(given: []) else {
            capabilities = nil
            reason = nil
            return
        }
        let types = template.resourceTypes.filter { $0.hasPrefix("AWS::IAM::") }
        capabilities = [capability]
        reason = "The following resource(s) require capabilities: [\(types.joined(separator: ", "))]"
    }
}
