import ArgumentParser
import BerthKernel
import BerthTemplateFormats
import BerthTemplates
import BerthWorld
import Foundation
import OrderedCollections

/// `berth doctor`: what Berth makes of a template, before it runs.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which resources and properties of a template are modelled, recorded only, or not supported.",
        discussion: "Ends with 1 when something is not supported.")

    @Argument(help: ArgumentHelp("A CloudFormation template, YAML or JSON.", valueName: "template"))
    var template: String

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "List recorded properties too, not only what is not supported.")
    var verbose = false

    func run() async throws {
        let findings = Diagnosis(template: try TemplateFile(template)).findings
        if json {
            print(try jsonText(findings))
        } else {
            show(findings)
        }
        if findings.contains(where: { $0.fidelity == .notSupported }) { throw ExitCode(1) }
    }

    private func show(_ findings: [Diagnosis.Finding]) {
        let style = Terminal.standard(environment: ProcessInfo.processInfo.environment).style
        let shown = findings.filter { verbose || $0.property == nil || $0.fidelity == .notSupported }
        var table = TextTable("resource", "type", "property", "what becomes of it")
        for finding in shown {
            let colour: Style.Colour =
                switch finding.fidelity {
                case .modelled: .green
                case .recorded: .grey
                case .notSupported: .red
                }
            table.add(finding.resource, finding.type, finding.property ?? "", style(finding.fidelity.rawValue, colour))
        }
        for line in table.lines(style: style) { print(line) }
        let missing = findings.filter { $0.fidelity == .notSupported }
        let verb = missing.count == 1 ? "is" : "are"
        print(
            missing.isEmpty
                ? style("Berth can run this template.", .green)
                : style("\(counted(missing.count, "thing")) in this template \(verb) not supported.", .red))
    }
}

/// What Berth makes of each resource of a template and of each property it sets.
struct Diagnosis {
    struct Finding: Encodable, Hashable {
        let resource: String
        let type: String
        /// `nil` for the resource as a whole.
        let property: String?
        let fidelity: Fidelity
    }

    let findings: [Finding]

    init(template: TemplateFile) {
        findings = template.template.resources.flatMap { logicalID, resource -> [Finding] in
            guard let type = ResourceType.named(resource.type) else {
                return [
                    Finding(resource: logicalID, type: resource.type, property: nil, fidelity: .notSupported)
                ]
            }
            let whole = Finding(resource: logicalID, type: type.name, property: nil, fidelity: type.fidelity)
            return [whole]
                + resource.propertyNames.map { name in
                    Finding(
                        resource: logicalID, type: type.name, property: name,
                        fidelity: type.properties[name] ?? .notSupported)
                }
        }
    }
}

/// A template read from a file, refused with the place where it is wrong.
struct TemplateFile {
    let text: String
    let template: Template

    init(_ path: String) throws {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        guard let data = FileManager.default.contents(atPath: url.path) else {
            throw ControlClient.Failure(description: "There is no template at \(url.path).")
        }
        text = String(decoding: data, as: UTF8.self)
        do {
            let document = try TemplateDocument(text)
            do {
                template = try Template(document.value)
            } catch {
                let place = document.position(concerning: error.message).map { "\($0): " } ?? ""
                throw ControlClient.Failure(description: "\(path): \(place)\(error.message)")
            }
        } catch let error as TemplateTextError {
            throw ControlClient.Failure(description: "\(path): \(error)")
        }
    }
}
