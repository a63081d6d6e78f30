package import ArgumentParser
import BerthServer

/// The `berth` program.
package struct BerthCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "berth",
        abstract: "Runs Amazon ECS designs on this machine with their true scaling behaviour.",
        discussion: """
            Start with a template:   berth up Examples/QueueWorker/template.yml
            See what happens:        berth status, berth events -f, berth explain SERVICE
            Use AWS's own tools:     eval $(berth env); aws ecs list-services --cluster NAME
            """,
        version: BerthVersion.current,
        subcommands: [
            Up.self, Serve.self, Down.self, Status.self, Events.self, Explain.self, Send.self, Logs.self, Env.self,
            Doctor.self, FidelityTable.self,
        ])

    package init() {}
}
