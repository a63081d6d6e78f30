import BerthKernel
import OrderedCollections

extension TemplateValue {
    /// The value as compact JSON, members in their order: how stack events show a resource's properties.
    package var jsonText: String {
        var text = ""
        writeJSON(to: &text)
        return text
    }

    private func writeJSON(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let truth): text += truth ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): text += string.jsonQuoted
        case .list(let elements): Self.writeList(elements, to: &text)
        case .map(let members): Self.writeMap(members, to: &text)
        }
    }

    private static func writeList(_ elements: [TemplateValue], to text: inout String) {
        text += "["
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            element.writeJSON(to: &text)
        }
        text += "]"
    }

    private static func writeMap(_ members: OrderedDictionary<String, TemplateValue>, to text: inout String) {
        text += "{"
        for (index, member) in members.enumerated() {
            if index > 0 { text += "," }
            text += member.key.jsonQuoted
            text += ":"
            member.value.writeJSON(to: &text)
        }
        text += "}"
    }
}
