/// A piece of a cluster query.
enum ClusterQueryToken: Hashable, CustomStringConvertible {
    case word(String)
    case quoted(String)
    case symbol(String)

    var description: String {
        switch self {
        case .word(let text), .quoted(let text), .symbol(let text): text
        }
    }

    private static let pairs = ["==", "!=", ">=", "<=", "=~", "!~", "&&", "||"]
    private static let singles: [Character] = ["(", ")", "[", "]", ",", ">", "<", "!"]
    private static let endOfWord: [Character] = ["(", ")", "[", "]", ",", ">", "<", "!", "=", "&", "|"]

    static func tokens(of text: String) throws(ClusterQueryParser.Problem) -> [ClusterQueryToken] {
        var tokens: [ClusterQueryToken] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if let pair = pairs.first(where: { rest.hasPrefix($0) }) {
                tokens.append(.symbol(pair))
                rest = rest.dropFirst(2)
            } else if singles.contains(first) {
                tokens.append(.symbol(String(first)))
                rest.removeFirst()
            } else if first == "\"" || first == "'" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: first) else {
                    throw .init(description: "a quotation is not closed")
                }
                tokens.append(.quoted(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && !endOfWord.contains($0) }
                guard !word.isEmpty else { throw .init(description: "\(first) is not an operator") }
                tokens.append(.word(String(word)))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }
}
