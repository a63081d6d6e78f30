import ArgumentParser
import BerthServer
import BerthWorld
import Foundation

/// `berth up`: runs a template on this machine.
struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a CloudFormation template here: queues, scaling, instances and real worker processes.",
        discussion: """
            Starts Berth, creates the template's stack and shows what happens until you press Control-C. Everything \
            is kept in the state folder: the same command goes on from there. A berth.yml beside the template says \
            which program stands for which container image.
            """)

    @Argument(help: ArgumentHelp("A CloudFormation template, YAML or JSON.", valueName: "template"))
    var template: String

    @OptionGroup var server: ServerOptions

    @Option(
        name: [.customLong("parameter"), .customShort("p")],
        help: ArgumentHelp("A parameter of the template.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(help: ArgumentHelp("The stack's name (default: the template's folder).", valueName: "name"))
    var stackName: String?

    @Option(help: ArgumentHelp("The image map (default: berth.yml beside the template).", valueName: "path"))
    var images: String?

    @Flag(help: "Delete a stack of this name that came from another template, with its queues and messages, first.")
    var replace = false

    @Flag(help: "Leave Berth running in the background and return when the stack is there.")
    var detach = false

    @Option(
        help: ArgumentHelp("Send this many messages to the template's queue once the stack is there.", valueName: "n"))
    var send = 0

    @Option(help: "The body of those messages; {n} stands for the message's number.")
    var body = #"{"job": {n}}"#

    @Flag(help: "End with a summary when every queue is empty and everything is back at zero.")
    var exitWhenIdle = false

    @Flag(help: "Print a line per decision even on a terminal.")
    var plain = false

    func validate() throws {
        guard send >= 0 else { throw ValidationError("--send must not be negative.") }
        for parameter in parameters where !parameter.contains("=") {
            throw ValidationError("--parameter takes NAME=VALUE, not '\(parameter)'.")
        }
    }

    func run() async throws {
        let design = try Design(
            template: template, images: images, parameters: parameters, stackName: stackName, replacesStack: replace)
        if detach { return try await runDetached(design) }
        let configuration = try server.serverConfiguration()
        let session = UpSession(
            design: design, terminal: Terminal.standard(environment: ProcessInfo.processInfo.environment),
            messages: (0..<send).map { body.replacingOccurrences(of: "{n}", with: "\($0 + 1)") },
            exitsWhenIdle: exitWhenIdle, isPlain: plain, stateDirectory: server.state,
            askedPace: server.pace)
        try await session.run(on: BerthServer(configuration))
    }

    private func runDetached(_ design: Design) async throws {
        let background = BackgroundServer(options: server)
        let client = try await background.start()
        do {
            try await client.setImages(design.images)
            try await design.createStack(with: client)
            if send > 0 {
                let sender = MessageSender(client: client)
                let bodies = (0..<send).map { body.replacingOccurrences(of: "{n}", with: "\($0 + 1)") }
                _ = try await sender.send(bodies, to: try await sender.onlySourceQueue()) { _ in }
            }
        } catch {
            try? await client.shutDown()
            throw error
        }
        print("Berth runs \(design.stackName) on \(client.endpoint) in the background.")
        if client.endpoint != ClientOptions.defaultEndpoint {
            print("To reach it from here:\n    export BERTH_ENDPOINT=\(client.endpoint)")
        }
        print("Look with `berth status`, end with `berth down`.")
    }
}

/// What `berth up` is asked to run, read and checked before anything starts.
struct Design {
    let stackName: String
    let text: String
    let parameters: [(name: String, value: String)]
    let images: ImageMap
    let replacesStack: Bool

    init(
        template path: String, images imagePath: String?, parameters: [String], stackName: String?,
        replacesStack: Bool
    ) throws {
        self.replacesStack = replacesStack
        text = try TemplateFile(path).text
        let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
        let mapPath = imagePath.map { URL(fileURLWithPath: $0) } ?? folder.appendingPathComponent("berth.yml")
        let isThere = FileManager.default.fileExists(atPath: mapPath.path)
        if imagePath != nil, !isThere {
            throw ControlClient.Failure(description: "There is no image map at \(mapPath.path).")
        }
        images = isThere ? try ImageMap(contentsOf: mapPath) : ImageMap()
        self.parameters = parameters.map { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]))
        }
        self.stackName = stackName ?? Self.stackName(from: folder.lastPathComponent)
    }

    /// A folder's name as a stack name: letters, digits and hyphens, a letter first.
    private static func stackName(from folder: String) -> String {
        var words: [String] = [""]
        for character in folder {
            if character.isASCII, character.isLetter || character.isNumber {
                if character.isUppercase, words.last?.last?.isLowercase == true { words.append("") }
                words[words.count - 1].append(character)
            } else if words.last != "" {
                words.append("")
            }
        }
        let name = words.filter { !$0.isEmpty }.joined(separator: "-").lowercased()
        return name.first?.isLetter == true ? name : "berth" + (name.isEmpty ? "" : "-" + name)
    }
}
