import ArgumentParser
import BerthWorld

/// `berth explain`: from the queue to the task, and the link it waits at.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a service or a task is where it is, link by link, and what it waits for.")

    @OptionGroup var options: ClientOptions

    @Argument(help: "A service's name, or a task's id (its first characters will do).")
    var subject: String

    func validate() throws {
        guard !subject.isEmpty else { throw ValidationError("Name a service or a task.") }
    }

    func run() async throws {
        let links = try await options.client.explanation(of: subject)
        if options.json { return try options.printJSON(links) }
        let style = options.terminal.style
        let width = links.map(\.link.count).max() ?? 0
        for link in links {
            let mark = link.isWaiting ? style("▶", .yellow) : style("✓", .green)
            let name = link.link.padded(to: width)
            print("\(mark) \(link.isWaiting ? style.bold(name) : name)  \(link.sentence)")
        }
        guard let waiting = links.first(where: \.isWaiting) else { return }
        print(style("It waits at: \(waiting.link).", .yellow))
    }
}
