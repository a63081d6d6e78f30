/// What code that decides must not do, each with the reason a reader is owed.
enum CorePurity {
    struct Rule: Sendable {
        /// One of these is in every line that breaks the rule: files without them need no closer look.
        let words: [String]
        /// `Regex` is not `Sendable`, hence the closure.
        let pattern: @Sendable () -> Regex<Substring>
        let reason: String
    }

    static let rules = [
        Rule(
            words: ["async", "await", "actor", "Task", "withTaskGroup"],
            pattern: { /\b(?:async|await|actor)\b|\bTask\s*(?:\.|\{)|\bwithTaskGroup\b/ },
            reason: "waiting is state with a deadline, never a suspended task"),
        Rule(
            words: ["Date", "ContinuousClock", "SuspendingClock", "UTCClock", "DispatchTime", "clock_gettime"],
            pattern: { /\bDate\s*\(|\b(?:Continuous|Suspending|UTC)Clock\b|\bDispatchTime\b|\bclock_gettime\b/ },
            reason: "time comes in as an Instant"),
        Rule(
            words: ["random", "shuffle", "shuffled", "randomElement", "SystemRandomNumberGenerator"],
            pattern: {
                /\.random\s*\(|\.(?:shuffle|shuffled|randomElement)\s*\(\s*\)|\bSystemRandomNumberGenerator\b/
            },
            reason: "randomness comes from a RandomStream in the state"),
        Rule(
            words: ["UUID"], pattern: { /\bUUID\s*\(/ },
            reason: "ids come from a RandomStream in the state"),
        Rule(
            words: ["hashValue", "Hasher", "ObjectIdentifier"],
            pattern: { /\.hashValue\b|\bHasher\s*\(\s*\)|\bObjectIdentifier\s*\(/ },
            reason: "hashes and addresses differ in every process"),
        Rule(
            words: ["print", "debugPrint", "dump", "readLine", "getenv", "fopen", "open"],
            pattern: { /(?:^|[^.\w])(?:print|debugPrint|dump|readLine|getenv|fopen|open)\s*\(/ },
            reason: "Core neither reads nor writes anything outside itself"),
        Rule(
            words: ["unchecked", "unsafe"],
            pattern: { /@unchecked\s+Sendable|\bnonisolated\s*\(\s*unsafe\s*\)/ },
            reason: "Core is values; there is nothing to lock"),
    ]

    static func violations(in file: SourceFile) -> [String] {
        rules.flatMap { rule in
            file.matches(of: rule.pattern(), among: rule.words).map { "\($0): \(rule.reason)" }
        }
    }

    /// Loops over plain dictionaries and sets: their order differs in every process.
    ///
    /// A heuristic on names: what a type's files declare as `[K: V]`, `Dictionary` or `Set` may be looked up
    /// there, but only be walked through `.sorted`. Ordered collections have other names and are not concerned.
    static func unorderedIteration(in file: SourceFile, among siblings: [SourceFile]) -> [String] {
        let declaring = siblings.filter { $0.target == file.target && $0.subject == file.subject } + [file]
        let unordered = Set(declaring.flatMap(unorderedNames)).subtracting(file.code.flatMap(arrayNames))
        guard !unordered.isEmpty else { return [] }
        return file.code.indices.flatMap { index in
            walkedNames(in: file.code[index]).filter(unordered.contains).map {
                "line \(index + 1): `\($0)` is unordered; keep it ordered, or walk it `.sorted`"
            }
        }
    }

    private static func unorderedNames(in file: SourceFile) -> [String] {
        file.code.filter { $0.contains("var ") || $0.contains("let ") }.flatMap { line in
            let typed = /\b(?:var|let)\s+(\w+)\s*:\s*(?:\[[^\[\](]+:[^\]]+\]|Dictionary<|Set<)/
            let made = /\b(?:var|let)\s+(\w+)\s*=\s*(?:\[[^\[\]]+:[^\]]+\]\s*\(|Dictionary\s*[<(]|Set\s*[<(])/
            return firstGroups(of: typed, in: line) + firstGroups(of: made, in: line)
        }
    }

    /// Names that also stand for an array here: which of the two a loop walks, a line alone does not tell.
    private static func arrayNames(in line: String) -> [String] {
        line.contains("[") ? firstGroups(of: /\b(\w+)\s*:\s*\[[^:\]]+\]/, in: line) : []
    }

    private static func walkedNames(in line: String) -> [String] {
        let loop = /\bfor\b.+\bin\s+(?:self\.)?(\w+)(?:\.keys|\.values)?\s*(?:where\b|\{|$)/
        let call =
            /\b(\w+)(?:\.keys|\.values)?\.(?:map|flatMap|compactMap|forEach|reduce|first|prefix|enumerated|joined)\b/
        return firstGroups(of: loop, in: line) + firstGroups(of: call, in: line)
    }

    private static func firstGroups(of pattern: Regex<(Substring, Substring)>, in line: String) -> [String] {
        line.matches(of: pattern.wordBoundaryKind(.simple)).map { String($0.output.1) }
    }
}
