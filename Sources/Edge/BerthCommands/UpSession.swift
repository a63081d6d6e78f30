import ArgumentParser
import BerthServer
import BerthWorld
import Foundation

/// An attached `berth up`: a server, its stack, and somebody watching.
struct UpSession {
    let design: Design
    let terminal: Terminal
    let messages: [String]
    let exitsWhenIdle: Bool
    let isPlain: Bool
    let stateDirectory: String
    let askedPace: Int

    private var showsScreen: Bool { terminal.isInteractive && !isPlain }

    /// Runs until the watcher has seen enough or the server is told to stop.
    func run(on server: BerthServer) async throws {
        let (ready, announce) = AsyncStream.makeStream(of: String.self)
        let isFinished = try await withThrowingTaskGroup(of: Side.self, returning: Bool.self) { group in
            group.addTask {
                defer { announce.finish() }
                try await server.run { endpoint, _ in announce.yield(endpoint) }
                return .server
            }
            group.addTask {
                for await endpoint in ready { return try await watchToTheEnd(ControlClient(endpoint: endpoint)) }
                return .interruptedWatcher
            }
            // A signal ends the server; then there is nothing left to watch. The watcher ends the server itself.
            let first = try await group.next()
            if first == .server { group.cancelAll() }
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !group.isCancelled { throw error }
            }
            return first == .watcher
        }
        guard !isFinished else { return }
        terminal.write("Berth has stopped. \(stateDirectory) keeps everything: the same command goes on from there.")
        // Whoever waits for the run to come to its end must see that it has not.
        if exitsWhenIdle { throw ExitCode(130) }
    }

    private enum Side {
        case server, watcher, interruptedWatcher
    }

    /// Watches, and stops the server in order when that is over, whatever way it ends.
    private func watchToTheEnd(_ client: ControlClient) async throws -> Side {
        do {
            try await watch(client)
        } catch let failure as ControlClient.Failure where failure.isServerGone {
            terminal.write("Stopping. Workers that are at work get the time that their StopTimeout gives them.")
            return .interruptedWatcher
        } catch {
            try? await client.shutDown()
            throw error
        }
        try await client.shutDown()
        return .watcher
    }

    private func watch(_ client: ControlClient) async throws {
        var viewer = Viewer(client: client, terminal: terminal, showsScreen: showsScreen)
        try await viewer.begin(askedPace: askedPace)
        do {
            try await client.setImages(design.images)
            try await design.createStack(with: client)
            try await viewer.refresh()
            if !messages.isEmpty {
                let sender = MessageSender(client: client)
                let queue = try await sender.onlySourceQueue()
                let sent = try await sender.send(messages, to: queue) { _ in }
                viewer.note("Sent \(counted(sent, "message")) to \(queue).")
            }
            while !(try await viewer.refresh()) || !exitsWhenIdle {
                try await Task.sleep(for: .milliseconds(showsScreen ? 250 : 100))
            }
        } catch {
            if !showsScreen { _ = try? await viewer.refresh() }
            viewer.end()
            throw error
        }
        viewer.end()
        for line in summaryLines(try await client.summary(), style: terminal.style) { print(line) }
    }
}

/// Shows a running world: one live screen on a terminal, one line per decision in a pipe.
private struct Viewer {
    let client: ControlClient
    let terminal: Terminal
    let showsScreen: Bool
    private var newest: [DecisionLog.Entry] = []
    /// The number of the last decision that is not to be shown again.
    private var seen = 0

    init(client: ControlClient, terminal: Terminal, showsScreen: Bool) {
        self.client = client
        self.terminal = terminal
        self.showsScreen = showsScreen
    }

    mutating func begin(askedPace: Int) async throws {
        if showsScreen { return terminal.enterScreen() }
        let pace = try await client.status().pace
        terminal.write("Berth is listening on \(client.endpoint)")
        let duration = spokenDuration(seconds: 60 / Double(pace))
        terminal.write(pace == 1 ? "Pace 1: true AWS time." : "Pace \(pace): an AWS minute takes \(duration).")
        if pace != askedPace {
            terminal.write("What is kept in the state folder has its own pace; --pace \(askedPace) is for a new one.")
        }
        // In a pipe the sentences of an earlier run would look like this one's.
        seen = try await client.decisions(since: 0, limit: 1).last?.number ?? 0
        if seen > 0 {
            terminal.write("Going on with what was kept: `berth events` has the \(counted(seen, "decision")) before.")
        }
    }

    func note(_ text: String) {
        if !showsScreen { terminal.write(text) }
    }

    /// Shows what is new and says whether everything is done and back at zero.
    @discardableResult
    mutating func refresh() async throws -> Bool {
        let fresh = try await client.decisions(since: seen, limit: 1_000)
        let status = try await client.status()
        seen = fresh.last?.number ?? seen
        newest = Array((newest + fresh).suffix(200))
        if showsScreen {
            let (columns, rows) = terminal.size
            let screen = Screen(
                status: status, decisions: newest, endpoint: client.endpoint, style: terminal.style, columns: columns,
                hint: "Control-C stops")
            terminal.redraw(screen.lines(rows: rows))
        } else {
            for entry in fresh { terminal.write(decisionLine(entry.decision, style: terminal.style)) }
        }
        return status.isAtRest && status.queues.contains { $0.sent > 0 }
    }

    func end() {
        if showsScreen { terminal.leaveScreen() }
    }
}
