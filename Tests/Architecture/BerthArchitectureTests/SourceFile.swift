import Foundation
import Testing

/// One Swift file of the package, as the architecture rules see it.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// Where it lies, from the repository's root: `Sources/Core/BerthQueues/Queue.swift`.
    let path: String
    let lines: [String]
    /// The same lines with comments and the contents of string literals blanked, so that a rule about code
    /// does not trip over a sentence about it.
    let code: [String]
    /// Every name and keyword of the code, to see at once that a rule does not concern the file.
    let words: Set<Substring>
    let declarations: [Declaration]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let blanked = CodeBlanker.blank(text)
        code = blanked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        words = Set(blanked.split { !$0.isWordCharacter })
        declarations = Declaration.all(code: code, lines: lines)
    }

    var testDescription: String { path }

    private var folders: [String] { path.split(separator: "/").map(String.init) }

    /// `Core`, `Wire`, … for files under `Sources/`, else `nil`.
    var layer: String? { folders.first == "Sources" && folders.count > 3 ? folders[1] : nil }

    /// `BerthQueues`, … for files under `Sources/`, else `nil`.
    var target: String? { layer == nil ? nil : folders[2] }

    /// The file's name without folders and ending: `Queue+Receive`.
    var name: String { String((folders.last ?? path).dropLast(".swift".count)) }

    /// The type a file belongs to: `Queue` for `Queue.swift` and for `Queue+Receive.swift`.
    var subject: String { name.split(separator: "+").first.map(String.init) ?? name }

    /// Generated files are exempt from rules about writing; they live in `Generated/` and nowhere else.
    var isGenerated: Bool { folders.contains("Generated") }

    /// Every line of code that has one of `words` and that `pattern` matches, as `line 12: the code`.
    func matches(of pattern: Regex<Substring>, among words: [String]) -> [String] {
        let present = words.filter { self.words.contains($0[...]) }
        guard !present.isEmpty else { return [] }
        let pattern = pattern.wordBoundaryKind(.simple)
        let concerned = code.indices.filter { index in present.contains { code[index].contains($0) } }
        return concerned.filter { code[$0].contains(pattern) }.map { "line \($0 + 1): \(lines[$0].trimmed)" }
    }
}

extension SourceFile: CustomStringConvertible {
    var description: String { path }
}

extension Character {
    var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}

extension StringProtocol {
    var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
