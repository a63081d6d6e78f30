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
        case .string(let string): Self.writeQuoted(string, to: &text)
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
            writeQuoted(member.key, to: &text)
            text += ":"
            member.value.writeJSON(to: &text)
        }
        text += "}"
    }

    private static func writeQuoted(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
