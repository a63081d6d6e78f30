import OrderedCollections

/// Where things that refusals speak of stand in the text, by what they are called there.
struct PositionIndex: Sendable {
    private var declarations: OrderedDictionary<String, SourcePosition> = [:]
    private var types: OrderedDictionary<String, SourcePosition> = [:]

    /// Notes a member of an object that is reached from the top through the keys of `path`.
    mutating func note(_ key: String, under path: [String], at position: SourcePosition) {
        if path.count == 1, Self.sections.contains(path[0]), declarations[key] == nil {
            declarations[key] = position
        }
    }

    /// Notes a text that is reached from the top through the keys of `path`.
    mutating func noteText(_ text: String, at path: [String], _ position: SourcePosition) {
        if path.count == 3, path[0] == "Resources", path[2] == "Type", types[text] == nil {
            types[text] = position
        }
    }

    func firstPosition(namedIn text: String) -> SourcePosition? {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == ":" || $0 == "-") }.map(String.init)
        return words.lazy.compactMap { declarations[$0] }.first ?? words.lazy.compactMap { types[$0] }.first
    }

    private static let sections = ["Parameters", "Mappings", "Conditions", "Resources", "Outputs"]
}
