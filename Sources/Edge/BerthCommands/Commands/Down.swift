import ArgumentParser
import BerthWorld

/// `berth down`: takes everything away in order.
struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete the stacks, wait until nothing is left, and stop the server.")

    @OptionGroup var options: ClientOptions

    @Argument(help: "Delete only this stack, and leave the server running.")
    var stack: String?

    @Flag(help: "Stop the server and keep everything: the next `berth up` or `berth serve` goes on from there.")
    var keep = false

    func run() async throws {
        let client = options.client
        if !keep {
            let live = try await client.status().stacks.filter { $0.status != "DELETE_COMPLETE" }
            let chosen = live.filter { stack == nil || $0.name == stack }
            if let stack, chosen.isEmpty {
                let names = live.map(\.name).joined(separator: ", ")
                throw ControlClient.Failure(
                    description: "There is no stack '\(stack)'. Stacks: \(names.isEmpty ? "none" : names).")
            }
            for stack in chosen {
                try await client.deleteStack(stack.name)
                if !options.json { print("Deleted \(stack.name).") }
            }
        }
        if stack == nil {
            try await client.shutDown()
            if !options.json { print(keep ? "Berth has stopped; everything is kept." : "Berth has stopped.") }
        }
    }
}
