import ArgumentParser

/// `berth status`: one picture of what runs.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show queues, services, instances, alarms and the newest decisions.")

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = options.client
        let status = try await client.status()
        if options.json { return try options.printJSON(status) }
        let terminal = options.terminal
        let screen = Screen(
            status: status, decisions: try await client.decisions(since: 0, limit: 10), endpoint: client.endpoint,
            style: terminal.style, columns: terminal.isInteractive ? terminal.size.columns : 400)
        for line in screen.lines(rows: 1_000) { print(line) }
    }
}
