import ArgumentParser
import Foundation

/// How a command finds the server it talks to.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where Berth listens (default: $BERTH_ENDPOINT or \(ClientOptions.defaultEndpoint)).", valueName: "url"))
    var endpoint: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    static let defaultEndpoint = "http://127.0.0.1:4566"

    var client: ControlClient {
        let environment = ProcessInfo.processInfo.environment
        let chosen = endpoint ?? environment["BERTH_ENDPOINT"] ?? Self.defaultEndpoint
        let address = chosen.hasSuffix("/") ? String(chosen.dropLast()) : chosen
        return ControlClient(endpoint: address.contains("://") ? address : "http://" + address)
    }

    var terminal: Terminal {
        Terminal.standard(environment: ProcessInfo.processInfo.environment)
    }

    /// Prints a value as JSON: to be read on a terminal, on one line in a pipe.
    func printJSON(_ value: some Encodable) throws {
        print(try terminal.isInteractive ? jsonText(value) : compactJSON(value))
    }
}

func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// What a server needs to know to start.
struct ServerOptions: ParsableArguments {
    @Option(help: "The address to listen on. Anything but a loopback address opens Berth to your network.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 4566

    @Option(
        name: [.customLong("state"), .customLong("state-directory")],
        help: ArgumentHelp("The folder that keeps everything acknowledged.", valueName: "folder"))
    var state = ".berth"

    @Option(
        help: ArgumentHelp(
            "How much faster than AWS the control plane runs, 1 to 60: 1 is the truth, 60 makes a minute a second.",
            valueName: "factor"))
    var pace = 60

    @Option(help: "fsync: an acknowledged call survives power loss. buffered: it survives a crash of Berth only.")
    var durability = DurabilityOption.fsync

    @Option(help: "The account every call belongs to, twelve digits.")
    var account = "000000000000"

    @Option(help: "The region that is simulated.")
    var region = "us-east-1"

    enum DurabilityOption: String, ExpressibleByArgument, CaseIterable {
        case fsync, buffered
    }

    func validate() throws {
        guard (1...60).contains(pace) else { throw ValidationError("--pace must be between 1 and 60.") }
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
        guard account.count == 12, account.allSatisfy(\.isNumber) else {
            throw ValidationError("--account must be twelve digits.")
        }
    }
}

/// JSON on one line, for streams of values.
func compactJSON(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
