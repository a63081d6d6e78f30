package import BerthKernel

/// The text of `Fn::Sub`, taken apart at its variables.
package struct SubstitutionText: Hashable, Codable, Sendable {
    package enum Part: Hashable, Codable, Sendable {
        case text(String)
        /// `${Name}` or `${Resource.Attribute}`.
        case variable(String)
    }

    package let parts: [Part]

    /// Reads `${Name}` as a variable and `${!Name}` as the text `${Name}`.
    ///
    /// A `$` before anything else is a `$`.
    package init(_ source: String) throws(Refusal) {
        var parts: [Part] = []
        var text = ""
        var rest = Substring(source)
        while let start = rest.firstIndex(of: "$") {
            text += rest[..<start]
            rest = rest[start...].dropFirst()
            guard rest.first == "{", let end = rest.firstIndex(of: "}") else {
                text += "$"
                continue
            }
            let name = rest[..<end].dropFirst()
            rest = rest[end...].dropFirst()
            if name.first == "!" {
                text += "${\(name.dropFirst())}"
                continue
            }
            guard Self.isName(name) else { throw .badSubstitutionName() }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.variable(String(name)))
        }
        text += rest
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
    }

    /// The names between `${` and `}`, in their order, each as often as it is used.
    package var variables: [String] {
        parts.compactMap { part in
            guard case .variable(let name) = part else { return nil }
            return name
        }
    }

    private static func isName(_ name: Substring) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", ".", ":": true
                default: false
                }
            }
    }
}
