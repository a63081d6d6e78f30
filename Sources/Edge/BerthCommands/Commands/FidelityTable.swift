import ArgumentParser
import BerthAPI
import BerthProtocols
import BerthWorld
import OrderedCollections

/// `berth fidelity`: the fidelity table, made from the registries that the server itself uses.
struct FidelityTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fidelity",
        abstract: "Print the fidelity table: what is modelled, recorded only, or not supported.")

    @Flag(help: "Print JSON instead of Markdown.")
    var json = false

    func run() async throws {
        if json {
            print(try jsonText(FidelityReport()))
        } else {
            print(FidelityReport().markdown, terminator: "")
        }
    }
}

/// Everything Berth claims about its own truthfulness.
struct FidelityReport: Encodable {
    struct Operation: Encodable {
        let service: String
        let name: String
        let fidelity: Fidelity
        let note: String
    }

    struct Property: Encodable {
        let name: String
        let fidelity: Fidelity
    }

    struct Resource: Encodable {
        let type: String
        let fidelity: Fidelity
        let note: String
        let properties: [Property]
    }

    let operations = Operations.all.map {
        Operation(service: $0.service.signingName, name: $0.name, fidelity: $0.fidelity, note: $0.note)
    }
    let resources = ResourceType.all.map { type in
        Resource(
            type: type.name, fidelity: type.fidelity, note: type.note,
            properties: type.properties.map { Property(name: $0.key, fidelity: $0.value) })
    }

    /// The table as Markdown, for `Documentation/Fidelity.md`.
    var markdown: String {
        var lines = [
            "# Fidelity",
            "",
            "Made by `berth fidelity` from the registries the server itself uses; do not edit.",
            "",
            "- **modelled**: behaves as AWS documents it.",
            "- **recorded**: kept and returned, without effect on any decision.",
            "- **not supported**: refused, or reported and left out. An operation or resource type that is not listed",
            "  is not supported: the call ends in AWS's own error for an unknown operation, the template in",
            "  `Unrecognized resource types`.",
            "",
            "## API operations",
        ]
        for service in operations.map(\.service).removingRepeats() {
            lines += ["", "### \(service)", "", "| operation | | note |", "|---|---|---|"]
            lines += operations.filter { $0.service == service }.sorted { $0.name < $1.name }
                .map { "| \($0.name) | \($0.fidelity.rawValue) | \($0.note) |" }
        }
        lines += ["", "## CloudFormation resource types"]
        for resource in resources.sorted(by: { $0.type < $1.type }) {
            lines += ["", "### \(resource.type)", ""] + (resource.note.isEmpty ? [] : [resource.note, ""])
            lines += ["| property | |", "|---|---|"]
            lines += resource.properties.map { "| \($0.name) | \($0.fidelity.rawValue) |" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension [String] {
    fileprivate func removingRepeats() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
