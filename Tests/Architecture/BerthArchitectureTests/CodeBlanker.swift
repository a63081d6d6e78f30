/// Replaces comments and the contents of string literals by spaces, keeping every line where it was.
///
/// It knows line and nested block comments, single-line, multi-line and raw strings. Code inside an
/// interpolation is blanked with its string: rules look at statements, not at what a message mentions.
struct CodeBlanker {
    private let source: [UInt8]
    private var index = 0
    private var output: [UInt8] = []

    static func blank(_ text: String) -> String {
        var blanker = CodeBlanker(source: Array(text.utf8))
        blanker.run()
        return String(decoding: blanker.output, as: UTF8.self)
    }

    private init(source: [UInt8]) {
        self.source = source
        output.reserveCapacity(source.count)
    }

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let slash = UInt8(ascii: "/")

    private mutating func run() {
        while index < source.count {
            switch source[index] {
            case Self.slash where starts(with: "//"):
                while index < source.count, source[index] != Self.newline { blankOne() }
            case Self.slash where starts(with: "/*"):
                blankBlockComment()
            case Self.quote, Self.hash:
                if let hashes = hashesBeforeQuote() { blankString(hashes: hashes) } else { keep() }
            default:
                keep()
            }
        }
    }

    private func starts(with text: String) -> Bool {
        let end = index + text.utf8.count
        return end <= source.count && source[index..<end].elementsEqual(text.utf8)
    }

    /// How many `#` stand before the quote that opens here, or `nil` when no string literal opens here.
    private func hashesBeforeQuote() -> Int? {
        let hashes = source[index...].prefix { $0 == Self.hash }.count
        guard index + hashes < source.count, source[index + hashes] == Self.quote else { return nil }
        return hashes
    }

    private mutating func blankOne() {
        output.append(source[index] == Self.newline ? Self.newline : Self.space)
        index += 1
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blankOne()
            } else if starts(with: "*/") {
                depth -= 1
                blankOne()
            }
            if index < source.count { blankOne() }
        } while depth > 0 && index < source.count
    }

    private mutating func blankString(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        for _ in 0..<hashes { keep() }
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        for _ in quote.utf8 { keep() }
        let escape = "\\" + marks
        while index < source.count, !starts(with: quote + marks) {
            if quote.utf8.count == 1, source[index] == Self.newline { return }
            if starts(with: escape + "(") {
                blankInterpolation(after: escape.utf8.count)
            } else if starts(with: escape) {
                for _ in 0...escape.utf8.count where index < source.count { blankOne() }
            } else {
                blankOne()
            }
        }
        for _ in (quote + marks).utf8 where index < source.count { keep() }
    }

    /// An interpolation may hold string literals of its own, so its end is the parenthesis that closes it.
    private mutating func blankInterpolation(after escape: Int) {
        for _ in 0..<escape { blankOne() }
        var depth = 0
        repeat {
            if let hashes = hashesBeforeQuote() {
                let start = output.count
                blankString(hashes: hashes)
                output.replaceSubrange(start..., with: output[start...].map { $0 == Self.newline ? $0 : Self.space })
                continue
            }
            if source[index] == UInt8(ascii: "(") { depth += 1 }
            if source[index] == UInt8(ascii: ")") { depth -= 1 }
            blankOne()
        } while depth > 0 && index < source.count
    }

    private mutating func keep() {
        output.append(source[index])
        index += 1
    }
}
