import Testing

@Suite struct SizeTests {
    @Test(arguments: SourceTree.written)
    func `a file stays within its budget`(file: SourceFile) {
        expect(lines(in: file), within: 500, of: file.path)
    }

    @Test(arguments: SourceTree.tests)
    func `a test file stays within its budget`(file: SourceFile) {
        expect(lines(in: file), within: 700, of: file.path)
    }

    @Test(arguments: SourceTree.written)
    func `a function stays within its budget`(file: SourceFile) {
        for declaration in file.declarations where declaration.kind != .type {
            expect(declaration.length, within: 60, of: "\(file.path): \(declaration.name)")
        }
    }

    @Test(arguments: (SourceTree.written + SourceTree.tests).filter { !$0.isGenerated })
    func `a line has at most 120 columns`(file: SourceFile) {
        let long = file.lines.indices.filter { file.lines[$0].count > 120 }.map { $0 + 1 }
        #expect(long.isEmpty, "lines \(long) are longer")
    }

    @Test func `every exception is still needed`() {
        let files = (SourceTree.written + SourceTree.tests).map(\.path)
        let functions = SourceTree.written.flatMap { file in
            file.declarations.map { "\(file.path): \($0.name)" }
        }
        let gone = Set(SizeExceptions.lines.keys).subtracting(files).subtracting(functions).sorted()
        #expect(gone.isEmpty, "remove them from SizeExceptions.swift")
    }

    @Test func `the length of a function runs from its first line to its closing brace`() {
        let text = """
            struct Queue {
                func one() -> Int { 1 }

                func three(
                    first: Int, second: () -> Void = {}
                ) -> Int {
                    // }
                    let text = "}"
                    return text.count
                }
            }
            """
        let found = SourceFile(path: "X.swift", text: text).declarations
        #expect(found.map(\.name) == ["Queue", "one", "three"])
        #expect(found.map(\.length) == [11, 1, 7])
    }

    private func lines(in file: SourceFile) -> Int {
        file.lines.last == "" ? file.lines.count - 1 : file.lines.count
    }

    /// The ratchet: what is over the limit is named with its size, and the name's number may only go down.
    private func expect(_ size: Int, within limit: Int, of name: String) {
        guard let exception = SizeExceptions.lines[name] else {
            #expect(size <= limit, "\(name) has \(size) lines, \(limit) are allowed: divide it")
            return
        }
        #expect(size <= exception, "\(name) grew from \(exception) to \(size) lines")
        #expect(size == exception || size > limit, "\(name) fits again: remove its exception")
        #expect(size >= exception, "\(name) shrank to \(size) lines: lower its exception")
    }
}
