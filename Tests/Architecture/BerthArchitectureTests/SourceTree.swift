import Foundation

/// The package's own Swift files, read once for all rules.
enum SourceTree {
    /// The repository's root: this file lies three folders below it.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every file of the product.
    static let sources = files(under: "Sources")

    /// Every file of the product that somebody wrote.
    static let written = sources.filter { !$0.isGenerated }

    static let core = written.filter { $0.layer == "Core" }

    static let tests = files(under: "Tests").filter { !$0.path.contains("/Fixtures/") }

    private static func files(under folder: String) -> [SourceFile] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        let paths = FileManager.default.enumerator(atPath: base.path())?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            do {
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                return SourceFile(path: "\(folder)/\(path)", text: text)
            } catch {
                fatalError("\(folder)/\(path) cannot be read: \(error)")
            }
        }
    }
}
