import ArgumentParser
import BerthWorld
import Foundation

/// `berth send`: puts messages into a queue.
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send messages to a queue.",
        discussion: "With --file every line of the file is a message; - reads standard input.")

    @OptionGroup var options: ClientOptions

    @Argument(help: "The queue's name (part of it will do, if only one queue has it).")
    var queue: String

    @Option(help: "How many messages to send. In the body, {n} stands for a message's number.")
    var count = 1

    @Option(help: "The body of each message.")
    var body = #"{"job": {n}}"#

    @Option(help: ArgumentHelp("Send each line of this file.", valueName: "path"))
    var file: String?

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be at least 1.") }
    }

    func run() async throws {
        struct Answer: Encodable {
            let queue: String
            let sent: Int
        }
        let bodies = try file.map(lines(of:)) ?? (1...count).map { body.replacingOccurrences(of: "{n}", with: "\($0)") }
        let sender = MessageSender(client: options.client)
        let name = try await sender.queue(matching: queue)
        let terminal = options.terminal
        let sent = try await sender.send(bodies, to: name) { sent in
            guard terminal.isInteractive, bodies.count > 100 else { return }
            print("\r\(sent) of \(bodies.count) sent", terminator: "")
        }
        if terminal.isInteractive, bodies.count > 100 { print("\r", terminator: "") }
        if options.json { return try options.printJSON(Answer(queue: name, sent: sent)) }
        print("Sent \(counted(sent, "message")) to \(name).")
    }

    private func lines(of path: String) throws -> [String] {
        let data =
            path == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw ControlClient.Failure(description: "There is no file \(path).") }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// Sends messages through the SQS API, ten a call.
struct MessageSender {
    let client: ControlClient

    /// The one queue whose name is, or else contains, `text`.
    func queue(matching text: String) async throws -> String {
        let queues = try await client.status().queues
        if queues.contains(where: { $0.name == text }) { return text }
        let similar = queues.filter { $0.name.contains(text) }
        let sources = similar.filter { !$0.isDeadLetterQueue }
        let matches = sources.isEmpty ? similar : sources
        if matches.count == 1 { return matches[0].name }
        let names = (matches.isEmpty ? queues : matches).map(\.name).joined(separator: ", ")
        throw ControlClient.Failure(
            description: matches.isEmpty
                ? "There is no queue '\(text)'. Queues: \(names.isEmpty ? "none" : names)."
                : "More than one queue has '\(text)' in its name: \(names).")
    }

    /// The queue that a design is fed through: the only one that is no other's dead-letter queue.
    func onlySourceQueue() async throws -> String {
        let sources = try await client.status().queues.filter { !$0.isDeadLetterQueue }
        guard sources.count == 1 else {
            throw ControlClient.Failure(
                description: "The template has \(counted(sources.count, "queue")) to send to; use `berth send QUEUE`.")
        }
        return sources[0].name
    }

    /// Sends every body and returns how many were accepted.
    func send(_ bodies: [String], to queue: String, progress: (Int) -> Void) async throws -> Int {
        struct Entry: Encodable {
            let Id: String
            let MessageBody: String
        }
        struct Batch: Encodable {
            let QueueUrl: String
            let Entries: [Entry]
        }
        struct Answer: Decodable {
            struct Failed: Decodable {
                let Message: String?
            }
            let Failed: [Failed]?
        }
        var sent = 0
        var rest = bodies[...]
        while !rest.isEmpty {
            let entries = rest.prefix(10).enumerated().map { Entry(Id: "m\($0.offset)", MessageBody: $0.element) }
            let body = try JSONEncoder().encode(Batch(QueueUrl: queue, Entries: entries))
            let data = try await client.json(target: "AmazonSQS.SendMessageBatch", version: "1.0", body)
            if let failed = try JSONDecoder().decode(Answer.self, from: data).Failed?.first {
                throw ControlClient.Failure(description: failed.Message ?? "A message was refused.")
            }
            sent += entries.count
            rest = rest.dropFirst(10)
            progress(sent)
        }
        return sent
    }
}
