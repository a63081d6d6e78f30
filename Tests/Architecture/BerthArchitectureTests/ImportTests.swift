import Testing

@Suite struct ImportTests {
    @Test(arguments: SourceTree.sources)
    func `a target imports only what its layer may`(file: SourceFile) {
        let violations = ImportRules.violations(in: file)
        #expect(violations.isEmpty, "\(file.target ?? "?") may not import \(violations); see Documentation/Modules.md")
    }

    @Test func `every target is known to the import rules`() {
        let unknown = Set(SourceTree.sources.compactMap(\.target)).filter { !ImportRules.knows($0) }.sorted()
        #expect(unknown.isEmpty, "say in ImportRules.swift what \(unknown) may import")
    }

    @Test func `the sources are found`() {
        #expect(SourceTree.core.contains { $0.path == "Sources/Core/BerthWorld/World.swift" })
    }

    @Test func `every folder under Sources is a layer`() {
        let layers = Set(SourceTree.sources.map { $0.layer ?? $0.path })
        #expect(layers.subtracting(ImportRules.layers).isEmpty)
    }

    @Test(arguments: [
        ("import Foundation", ["Foundation"]),
        ("package import BerthKernel", ["BerthKernel"]),
        ("@preconcurrency public import struct Foundation.Date", ["Foundation"]),
        ("// import Foundation", []),
        ("let text = \"import Foundation\"", []),
        (
            "#if canImport(FoundationEssentials)\nimport FoundationEssentials\n#else\nimport Foundation\n#endif",
            ["FoundationEssentials", "FoundationEssentials"]
        ),
    ])
    func `imports are found in every spelling`(text: String, modules: [String]) {
        #expect(ImportRules.imports(of: SourceFile(path: "Sources/Core/X/X.swift", text: text)) == modules)
    }

    @Test(arguments: [
        ("Core/BerthQueues", "BerthMetrics"), ("Core/BerthECS", "Foundation"), ("Wire/BerthProtocols", "Hummingbird"),
        ("Drivers/BerthStore", "BerthProtocols"), ("Drivers/BerthEngine", "BerthServer"),
    ])
    func `an arrow that points the wrong way is refused`(target: String, module: String) {
        let file = SourceFile(path: "Sources/\(target)/X.swift", text: "import \(module)")
        #expect(ImportRules.violations(in: file) == [module])
    }
}
