package import BerthKernel
import OrderedCollections

extension TemplateValue {
    /// The value with every `{{resolve:ssm:NAME}}` in its strings replaced by the parameter's value.
    ///
    /// Only public parameters have values here; `ssm-secure` and `secretsmanager` are refused.
    package func resolvingDynamicReferences() throws(Refusal) -> TemplateValue {
        switch self {
        case .null, .bool, .number:
            return self
        case .string(let text):
            return .string(try Self.resolve(text))
        case .list(let elements):
            var resolved: [TemplateValue] = []
            for element in elements {
                resolved.append(try element.resolvingDynamicReferences())
            }
            return .list(resolved)
        case .map(var members):
            for index in members.elements.indices {
                members.values[index] = try members.values[index].resolvingDynamicReferences()
            }
            return .map(members)
        }
    }

    private static func resolve(_ text: String) throws(Refusal) -> String {
        var resolved = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{resolve:"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            resolved += rest[..<start.lowerBound]
            resolved += try value(of: rest[start.upperBound..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return resolved + rest
    }

    /// The value of `SERVICE:NAME` or `SERVICE:NAME:VERSION`.
    private static func value(of reference: Substring) throws(Refusal) -> String {
        let parts = reference.split(separator: ":")
        guard parts.count >= 2, parts[0] == "ssm" else {
            throw .dynamicReferenceNotSupported("{{resolve:\(reference)}}")
        }
        guard let value = SystemParameters.value(of: String(parts[1])) else {
            throw .systemParameterUnknown(String(parts[1]))
        }
        return value
    }
}
