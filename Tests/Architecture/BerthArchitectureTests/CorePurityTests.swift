import Testing

@Suite struct CorePurityTests {
    @Test(arguments: SourceTree.core)
    func `Core takes time, ids and randomness as arguments and touches nothing outside`(file: SourceFile) {
        let violations = CorePurity.violations(in: file)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(arguments: SourceTree.core)
    func `Core never walks a collection whose order differs between processes`(file: SourceFile) {
        let violations = CorePurity.unorderedIteration(in: file, among: SourceTree.core)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(arguments: [
        "func load() async {}", "let now = Date()", "let moment = ContinuousClock.now",
        "let dice = Int.random(in: 1...6)",
        "let order = tasks.shuffled()", "let id = UUID()", "print(\"hello\")", "let key = name.hashValue",
        "final class Box: @unchecked Sendable {}", "Task { work() }",
    ])
    func `an impurity is seen`(code: String) {
        #expect(CorePurity.violations(in: core(code)).count == 1)
    }

    @Test(arguments: [
        "// Task { } and Date() in a comment", "let text = \"await print( Date() \\(UUID())\"",
        "tasks.shuffled(using: &stream)", "let plan = blueprint(of: service)", "let footprint = task.print(1)",
    ])
    func `what only looks like an impurity passes`(code: String) {
        #expect(CorePurity.violations(in: core(code)).isEmpty)
    }

    @Test(arguments: [
        ("var byName: [String: Int] = [:]\nfor (name, value) in byName { use(name) }", 1),
        ("let seen = Set<Int>()\nreturn seen.map { $0 + 1 }", 1),
        ("var byName: [String: Int] = [:]\nfor name in byName.keys.sorted() { use(name) }", 0),
        ("var byName: OrderedDictionary<String, Int> = [:]\nfor (name, value) in byName { use(name) }", 0),
        ("var byName: [String: Int] = [:]\nreturn byName[name]", 0),
        ("var rows: [[Int]] = []\nfor row in rows { use(row) }", 0),
        ("var pairs: [(name: String, count: Int)] = []\nfor pair in pairs { use(pair) }", 0),
    ])
    func `walking an unordered collection is seen, looking it up is not`(code: String, violations: Int) {
        #expect(CorePurity.unorderedIteration(in: core(code), among: []).count == violations)
    }

    private func core(_ text: String) -> SourceFile {
        SourceFile(path: "Sources/Core/BerthQueues/Queue.swift", text: text)
    }
}
