package import BerthKernel
package import BerthTemplates
package import OrderedCollections

/// What CreateStack asks for.
package struct CreateStackRequest: Hashable, Codable, Sendable {
    /// Where the template came from, which decides how large it may be.
    package enum Source: String, Codable, Sendable {
        case body, file

        var byteLimit: Int {
            switch self {
            case .body: TemplateLimits.bodyBytes
            case .file: TemplateLimits.fileBytes
            }
        }
    }

    package var name: String
    package var template: TemplateValue
    /// What GetTemplate gives back, byte for byte.
    package var templateText: String
    package var source: Source
    package var parameters: OrderedDictionary<String, String>
    package var tags: [Tag]
    package var capabilities: [String]
    package var onFailure: StackFailureAction
    package var isProtected: Bool

    package init(
        name: String, template: TemplateValue, templateText: String, source: Source = .body,
        parameters: OrderedDictionary<String, String> = [:], tags: [Tag] = [], capabilities: [String] = [],
        onFailure: StackFailureAction = .rollback, isProtected: Bool = false
    ) {
        self.name = name
        self.template = template
        self.templateText = templateText
        self.source = source
        self.parameters = parameters
        self.tags = tags
        self.capabilities = capabilities
        self.onFailure = onFailure
        self.isProtected = isProtected
    }
}
