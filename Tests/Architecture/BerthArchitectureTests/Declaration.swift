/// A declaration as the rules about size and documentation see it.
struct Declaration: Sendable {
    enum Kind: String, Sendable {
        case type, function, initializer
    }

    let kind: Kind
    let name: String
    /// `package` or `public`: other targets read its documentation instead of its code.
    let isExported: Bool
    /// Inside a `protocol { … }`.
    let isRequirement: Bool
    /// Inside another declaration.
    let isNested: Bool
    let isDocumented: Bool
    /// Counted from 1.
    let line: Int
    /// From the line that declares it to the line of its closing brace.
    let length: Int
    /// Whether its braces hold nothing, as those of a type that is only a name.
    let isEmpty: Bool

    static func all(code: [String], lines: [String]) -> [Declaration] {
        var protocols: [ClosedRange<Int>] = []
        return code.indices.compactMap { index -> Declaration? in
            let words = code[index].split(separator: " ")
            guard let (kind, name, isProtocol) = declared(by: words) else { return nil }
            let end = lastLine(of: code, from: index)
            if isProtocol { protocols.append(index...end) }
            return Declaration(
                kind: kind, name: name, isExported: words.contains("package") || words.contains("public"),
                isRequirement: !isProtocol && protocols.contains { $0.contains(index) },
                isNested: code[index].first?.isWhitespace == true,
                isDocumented: hasComment(above: index, in: lines), line: index + 1, length: end - index + 1,
                isEmpty: code[index].trimmed.hasSuffix("{}"))
        }
    }

    private static func declared(by words: [Substring]) -> (Kind, String, isProtocol: Bool)? {
        guard let keyword = words.firstIndex(where: { !isModifier($0) }) else { return nil }
        let following = words[(keyword + 1)...].first ?? ""
        let name = String(following.prefix(while: \.isWordCharacter))
        switch words[keyword] {
        case "struct", "enum", "actor", "protocol": return (.type, name, words[keyword] == "protocol")
        case "func": return (.function, name.isEmpty ? String(following) : name, false)
        case let word where word.hasPrefix("init"):
            return "(?!<".contains(word.dropFirst(4).first ?? " ") ? (.initializer, "init", false) : nil
        default:
            // `class` is a modifier too: what follows a class is its name, what follows a modifier is a keyword.
            guard let position = words[..<keyword].lastIndex(of: "class") else { return nil }
            let type = String(words[keyword].prefix(while: \.isWordCharacter))
            return position + 1 == keyword ? (.type, type, false) : nil
        }
    }

    private static let modifierWords: Set<Substring> = [
        "class", "convenience", "final", "fileprivate", "indirect", "infix", "internal", "isolated", "mutating",
        "nonisolated", "nonmutating", "override", "package", "postfix", "prefix", "private", "public", "required",
        "static", "borrowing", "consuming",
    ]

    private static func isModifier(_ word: Substring) -> Bool {
        word.isEmpty || word.hasPrefix("@") || modifierWords.contains(word.prefix { $0 != "(" })
    }

    /// The line of the brace that closes what opens at or after `start`; `start` itself for a requirement
    /// or a declaration that ends before any brace.
    private static func lastLine(of code: [String], from start: Int) -> Int {
        var braces = 0
        var parentheses = 0
        var opened = false
        for index in start..<code.count {
            for character in code[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where opened || parentheses == 0: (braces, opened) = (braces + 1, true)
                case "}" where opened: braces -= 1
                case "}" where parentheses == 0: return start
                default: break
                }
                if opened, braces == 0 { return index }
            }
            let next = index + 1 < code.count ? code[index + 1].trimmed : ""
            let continues =
                next.hasPrefix("{") || next.hasPrefix(")") || next.hasPrefix("where") || next.hasPrefix("->")
            if !opened, parentheses == 0, !continues { return index }
        }
        return code.count - 1
    }

    private static func hasComment(above index: Int, in lines: [String]) -> Bool {
        var line = index - 1
        while line >= 0, lines[line].trimmed.hasPrefix("@") { line -= 1 }
        return line >= 0 && lines[line].trimmed.hasPrefix("///")
    }
}
