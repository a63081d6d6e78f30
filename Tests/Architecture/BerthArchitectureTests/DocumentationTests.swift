import Testing

@Suite struct DocumentationTests {
    @Test(arguments: SourceTree.written)
    func `what other targets see says what it means`(file: SourceFile) {
        let missing = file.declarations.filter { needsDocumentation($0) && !$0.isDocumented }
        #expect(missing.isEmpty, "\(missing.map { "line \($0.line): \($0.name)" }) lack a doc comment")
    }

    @Test(arguments: SourceTree.written + SourceTree.tests)
    func `nothing is left for later`(file: SourceFile) {
        let markers = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
        let left = file.lines.indices.filter { index in markers.contains { file.lines[index].contains($0) } }
        #expect(left.isEmpty, "lines \(left.map { $0 + 1 }): do it, or file an issue")
    }

    @Test(arguments: SourceTree.written)
    func `stepping around the compiler's checks is explained where it happens`(file: SourceFile) {
        let steps = /@unchecked\s+Sendable|nonisolated\s*\(\s*unsafe\s*\)|(?:^|\s|=)Task(?:\.detached)?\s*\{/
        guard !file.words.isDisjoint(with: ["unchecked", "unsafe", "Task"]) else { return }
        let bare = file.code.indices.filter { file.code[$0].contains(steps) && !isExplained($0, in: file) }
        #expect(bare.isEmpty, "lines \(bare.map { $0 + 1 }): say why in a comment above")
    }

    @Test func `a doc comment is found above attributes`() {
        let text = "/// Means something.\n@discardableResult\npackage func act() {}\npackage func bare() {}"
        let found = SourceFile(path: "X.swift", text: text).declarations
        #expect(found.map(\.isDocumented) == [true, false])
        #expect(found.map(\.isExported) == [true, true])
    }

    /// What a protocol asks for is explained there, once; a nested type by the type around it; operators and
    /// empty marker types say it all in their name; initialisers where there is something to say.
    private func needsDocumentation(_ declaration: Declaration) -> Bool {
        guard declaration.isExported, declaration.kind != .initializer, !declaration.isEmpty else { return false }
        if declaration.kind == .type, declaration.isNested { return false }
        return declaration.name.first?.isLetter == true && !Self.promisedElsewhere.contains(declaration.name)
    }

    private static let promisedElsewhere: Set<String> = {
        let standard = ["encode", "hash", "makeIterator", "next", "run", "validate"]
        let own = SourceTree.written.flatMap(\.declarations).filter { $0.isRequirement && $0.kind == .function }
        return Set(standard + own.map(\.name))
    }()

    /// In a comment on the line or right above it, or in the doc comment of the function around it.
    private func isExplained(_ index: Int, in file: SourceFile) -> Bool {
        if file.lines[index].contains("//") { return true }
        var above = index - 1
        while above >= 0, file.lines[above].trimmed.hasPrefix("@") { above -= 1 }
        if above >= 0, file.lines[above].trimmed.hasPrefix("//") { return true }
        return file.declarations.contains { declaration in
            let lines = declaration.line..<(declaration.line + declaration.length)
            return declaration.kind != .type && declaration.isDocumented && lines.contains(index + 1)
        }
    }
}
