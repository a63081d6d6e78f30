import ArgumentParser
import BerthWorld

/// `berth env`: what AWS's own tools need to talk to Berth.
struct Env: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the variables that point AWS tools at Berth: eval $(berth env).",
        discussion: """
            Version 1 of the AWS CLI ignores them for SQS alone: say \
            aws --endpoint-url $AWS_ENDPOINT_URL sqs list-queues there.
            """)

    @OptionGroup var options: ClientOptions

    @Flag(help: "Print what takes the variables away again.")
    var unset = false

    func run() async throws {
        let region = unset ? "" : await region()
        let variables = [
            ("AWS_ENDPOINT_URL", options.client.endpoint), ("AWS_ACCESS_KEY_ID", "berth"),
            ("AWS_SECRET_ACCESS_KEY", "berth"), ("AWS_REGION", region), ("AWS_DEFAULT_REGION", region),
            ("AWS_EC2_METADATA_DISABLED", "true"), ("BERTH_ENDPOINT", options.client.endpoint),
        ]
        if options.json {
            return try options.printJSON(Dictionary(uniqueKeysWithValues: variables))
        }
        for (name, value) in variables { print(unset ? "unset \(name)" : "export \(name)=\(value)") }
    }

    /// The server's region; while none answers the variables are printed all the same, for one that starts later.
    private func region() async -> String {
        do {
            return try await options.client.status().region
        } catch {
            options.terminal.warn("\(error)")
            return "us-east-1"
        }
    }
}
