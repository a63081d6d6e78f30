import ArgumentParser
import BerthKernel
import BerthWorld

/// `berth events`: what was decided, in sentences.
struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show decisions in sentences: what happened, and why.")

    @OptionGroup var options: ClientOptions

    @Flag(name: .shortAndLong, help: "Keep printing new decisions as they are made.")
    var follow = false

    @Option(name: [.customShort("n"), .long], help: "How many of the newest decisions to show.")
    var limit = 50

    @Option(help: "Show only decisions of this kind: \(kinds).")
    var kind: String?

    @Argument(help: "Show only decisions about this service, task, alarm, group or stack.")
    var subject: String?

    private static let kinds = Decision.Kind.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must not be negative.") }
        guard let kind, Decision.Kind(rawValue: kind) == nil else { return }
        throw ValidationError("There is no kind '\(kind)'. Kinds: \(Self.kinds).")
    }

    func run() async throws {
        let client = options.client
        var seen = 0
        var wanted = try await client.decisions(since: 0, limit: .max)
        let shown = wanted.filter(isWanted)
        if let subject, shown.isEmpty { options.terminal.warn("No decision so far is about '\(subject)'.") }
        show(Array(shown.suffix(limit)))
        seen = wanted.last?.number ?? 0
        while follow {
            try await Task.sleep(for: .milliseconds(250))
            wanted = try await client.decisions(since: seen, limit: .max)
            show(wanted.filter(isWanted))
            seen = wanted.last?.number ?? seen
        }
    }

    private func isWanted(_ entry: DecisionLog.Entry) -> Bool {
        if let kind, entry.decision.kind.rawValue != kind { return false }
        guard let subject else { return true }
        return entry.decision.subject == subject
            || entry.decision.sentence.split { !Self.isPartOfName($0) }
                .contains { $0 == subject || (Self.isTaskID($0) && (subject.hasPrefix($0) || $0.hasPrefix(subject))) }
    }

    /// Sentences name a task by the first eight characters of its id.
    private static func isTaskID(_ word: Substring) -> Bool {
        word.count == 8 && word.allSatisfy(\.isHexDigit)
    }

    /// `worker` is not to find every sentence about `queue-worker-instances`.
    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "_"
    }

    private func show(_ entries: [DecisionLog.Entry]) {
        let terminal = options.terminal
        for entry in entries {
            if options.json {
                terminal.write((try? compactJSON(entry)) ?? "")
            } else {
                terminal.write(decisionLine(entry.decision, style: terminal.style))
            }
        }
    }
}
