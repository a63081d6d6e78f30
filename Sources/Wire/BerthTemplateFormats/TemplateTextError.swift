package import BerthKernel
import BerthTemplates

/// A text that is no template, and where it stops being one.
package struct TemplateTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the API answers, in CloudFormation's words.
    package let refusal: Refusal
    /// What is wrong there, for people; AWS does not say it.
    package let detail: String?
    package let position: SourcePosition

    /// The whole story in one line: `line 3, column 5: Template format error: … (found undefined alias)`.
    package var description: String {
        "\(position): \(refusal.message)" + (detail.map { " (\($0))" } ?? "")
    }

    static func notWellFormed(
        _ format: String, _ detail: String?, at position: SourcePosition
    ) -> TemplateTextError {
        let refusal = Refusal.templateFormat("\(format) not well-formed. (\(position))")
        return TemplateTextError(refusal: refusal, detail: detail, position: position)
    }

    static func unknownFunction(_ name: String, at position: SourcePosition) -> TemplateTextError {
        TemplateTextError(refusal: .unknownFunction(name), detail: nil, position: position)
    }
}
