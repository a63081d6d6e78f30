/// Who may import whom: the layers of `Documentation/Modules.md` as data.
///
/// The compiler's import check only knows what `Package.swift` declares; this knows what it may declare.
enum ImportRules {
    private static let collections: Set = [
        "Collections", "OrderedCollections", "DequeModule", "HeapModule", "BasicContainers", "BitCollections",
        "HashTreeCollections",
    ]

    /// What belongs to the operating system or the toolchain rather than to a library.
    private static let platform: Set = [
        "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "System",
        "SystemPackage",
    ]

    private static let machines: Set = [
        "BerthBalancing", "BerthCapacity", "BerthECS", "BerthMetrics", "BerthPlacement", "BerthQueues", "BerthScaling",
        "BerthStacks", "BerthTemplates",
    ]

    private static let core = machines.union(["BerthKernel", "BerthWorld"])

    /// A machine of Core sees the kernel, ordered collections, and no sibling but those given.
    private static func machine(_ siblings: String...) -> Set<String> {
        collections.union(["BerthKernel"]).union(siblings)
    }

    /// A translator sees Core and the small part of Foundation that does not bring locales with it.
    private static func wire(_ more: String...) -> Set<String> {
        core.union(collections).union(["FoundationEssentials", "HTTPTypes", "Crypto"]).union(more)
    }

    /// A driver sees Core, the engine whose protocols it implements, and its one outside library.
    private static func driver(_ more: String...) -> Set<String> {
        core.union(collections).union(platform).union(["BerthEngine", "Logging"]).union(more)
    }

    private static let library = platform.union(collections)

    /// What each target may import, or `nil` inside for "anything but Edge's own executables".
    private static let allowed: [String: Set<String>] = [
        "BerthKernel": collections,
        "BerthPlacement": machine(),
        "BerthECS": machine("BerthPlacement"),
        "BerthCapacity": machine(),
        "BerthScaling": machine(),
        "BerthMetrics": machine(),
        "BerthQueues": machine(),
        "BerthBalancing": machine(),
        "BerthTemplates": machine(),
        "BerthStacks": machine("BerthTemplates"),
        "BerthWorld": core.union(collections),
        "BerthTestSupport": machine("CustomDump", "IssueReporting", "IssueReportingTestSupport", "Testing"),
        "BerthDriverContracts": driver("Testing"),
        "BerthProtocols": wire(),
        "BerthShapes": wire("BerthProtocols"),
        "BerthTemplateFormats": wire("Yams"),
        "BerthAPI": wire("BerthProtocols", "BerthShapes", "BerthTemplateFormats"),
        "BerthEngine": driver(),
        "BerthSimulator": driver("Histogram"),
        "BerthStore": driver("GRDB"),
        "BerthProcessRuntime": driver("Subprocess"),
        "BerthDockerRuntime": driver("AsyncHTTPClient", "NIOCore", "NIOHTTP1"),
        "BerthProxy": driver("NIOCore", "NIOHTTP1", "NIOPosix"),
        "BerthConstructs": library.union(["BerthKernel", "BerthTemplates"]),
        "BerthWorker": library.union([
            "AsyncHTTPClient", "BerthKernel", "BerthProtocols", "Crypto", "HTTPTypes", "Logging", "NIOCore",
            "NIOFoundationCompat",
            "NIOHTTP1", "ServiceLifecycle", "UnixSignals",
        ]),
        "BerthTesting": library.union(core).union(["BerthAPI", "BerthProtocols", "BerthShapes", "BerthSimulator"]),
    ]

    private static let edge: Set = ["BerthServer", "BerthDashboard", "BerthCommands", "berth"]

    /// The layers there are.
    ///
    /// A new one is a decision to record, not a folder to make.
    static let layers: Set = ["Core", "Wire", "Drivers", "Libraries", "Edge", "Support"]

    /// Whether `target` is known to the rules at all.
    static func knows(_ target: String) -> Bool {
        allowed[target] != nil || edge.contains(target)
    }

    /// The imports of `file` that its target may not have.
    static func violations(in file: SourceFile) -> [String] {
        guard let target = file.target else { return [] }
        return imports(of: file).filter { module in
            guard let allowed = allowed[target] else { return false }
            return !allowed.contains(module)
        }
    }

    /// The modules a file imports.
    ///
    /// `Foundation` behind `#if canImport(FoundationEssentials) … #else` is the spelling for platforms without
    /// FoundationEssentials and counts as that.
    static func imports(of file: SourceFile) -> [String] {
        var fallsBack = false
        var modules: [String] = []
        for line in file.code where line.contains("import") || line.hasPrefix("#") {
            let words = line.split(whereSeparator: \.isWhitespace)
            if line.trimmed == "#if canImport(FoundationEssentials)" { fallsBack = true }
            if line.trimmed == "#endif" { fallsBack = false }
            guard let position = words.firstIndex(of: "import"), words[..<position].allSatisfy(isImportModifier),
                let path = words[(position + 1)...].first(where: { !importKinds.contains($0) })
            else { continue }
            let module = path.split(separator: ".").first.map(String.init) ?? String(path)
            modules.append(fallsBack && module == "Foundation" ? "FoundationEssentials" : module)
        }
        return modules
    }

    private static let importKinds: Set<Substring> = [
        "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]

    private static func isImportModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["fileprivate", "internal", "package", "private", "public"].contains(word)
    }
}
