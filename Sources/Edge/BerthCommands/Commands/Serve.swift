import ArgumentParser
import BerthServer
import BerthStore
import Foundation

/// `berth serve`: an empty Berth that AWS's tools can talk to.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Listen for the AWS API and run what it asks for, until stopped.")

    @OptionGroup var options: ServerOptions

    @Option(help: ArgumentHelp("Write the port to this file once the server answers.", valueName: "path"))
    var portFile: String?

    func run() async throws {
        let configuration = try options.serverConfiguration()
        let portFile = portFile
        try await BerthServer(configuration).run { endpoint, port in
            // Before the line that scripts wait for, so that they find it there.
            if let portFile { try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic) }
            print("Berth is listening on \(endpoint)")
            fflush(nil)
        }
    }
}

extension ServerOptions {
    func serverConfiguration() throws -> ServerConfiguration {
        ServerConfiguration(
            host: host, port: port, stateDirectory: URL(fileURLWithPath: state).standardizedFileURL.path, pace: pace,
            durability: durability == .fsync ? .fsync : .buffered, account: account, region: region)
    }
}
