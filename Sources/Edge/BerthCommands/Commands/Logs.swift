import ArgumentParser
import BerthServer
import Foundation

/// `berth logs`: what the containers wrote.
struct Logs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what containers write to their output.")

    @OptionGroup var options: ClientOptions

    @Argument(help: "Only tasks of this service, or the task with this id.")
    var subject: String?

    @Flag(name: .shortAndLong, help: "Keep printing new lines.")
    var follow = false

    func run() async throws {
        let client = options.client
        var offsets: [String: UInt64] = [:]
        if let subject, !follow, try await !client.logFiles().contains(where: isWanted) {
            throw ControlClient.Failure(
                description: "There is no task '\(subject)' and no task of a service of that name.")
        }
        repeat {
            for file in try await client.logFiles().filter(isWanted) {
                try printNewLines(of: file, offset: &offsets[file.path, default: 0])
            }
            if follow { try await Task.sleep(for: .milliseconds(300)) }
        } while follow
    }

    private func isWanted(_ file: LogFile) -> Bool {
        guard let subject else { return true }
        return file.service == subject || file.service?.contains(subject) == true || file.task.hasPrefix(subject)
    }

    /// Prints whole lines only: the rest of a line that is still being written waits for its end.
    private func printNewLines(of file: LogFile, offset: inout UInt64) throws {
        guard let handle = FileHandle(forReadingAtPath: file.path) else { return }
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        guard let data = try handle.readToEnd(), let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return }
        let whole = data[...end]
        offset += UInt64(whole.count)
        let style = options.terminal.style
        let label = style("\(file.service ?? "task")/\(file.task.prefix(8))", .cyan)
        for line in String(decoding: whole, as: UTF8.self).split(separator: "\n") {
            if options.json {
                let entry = ["task": file.task, "container": file.container, "message": String(line)]
                options.terminal.write(try compactJSON(entry))
            } else {
                options.terminal.write("\(label)  \(line)")
            }
        }
    }
}
