import BerthKernel
import BerthQueues
import BerthStacks
import BerthTemplateFormats
import BerthWorld
import Foundation

/// The example that everything else is about: `Examples/QueueWorker/template.yml`, deployed as `demo`.
extension Simulation {
    static let queue = "demo-jobs"

    static func deployed(pace: Int = 60, script: WorkerScript = WorkerScript()) throws -> Simulation {
        var simulation = Simulation(pace: pace, script: script)
        try simulation.deploy()
        return simulation
    }

    private mutating func deploy() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "Examples/QueueWorker/template.yml"), encoding: .utf8)
        let document = try TemplateDocument(text)
        let request = CreateStackRequest(
            name: "demo", template: document.value, templateText: document.text, capabilities: ["CAPABILITY_IAM"])
        try send(CreateStackCommand(request: request))
        run(atMost: paced(.seconds(600))) { $0.stackStatus("demo") != .createInProgress }
    }

    /// Sends so many messages at once, in batches of ten.
    mutating func sendMessages(_ count: Int) throws {
        for start in stride(from: 0, to: count, by: 10) {
            let messages = (start..<min(start + 10, count)).map { number in
                OutgoingMessage(
                    payload: PayloadRef(segment: 1, offset: UInt32(number) * 32, length: 32), size: 32)
            }
            try send(SendMessages(queue: Self.queue, messages: messages))
        }
    }

    mutating func deleteStack() throws {
        try send(DeleteStackCommand(stack: "demo"))
        run(atMost: paced(.seconds(3_600))) { $0.stacks.liveStacks.isEmpty }
    }
}

extension World {
    func stackStatus(_ name: String) -> StackStatus? {
        try? stacks.describe(name).status
    }

    /// The desired count of the example's service.
    var desiredCount: Int { status.services.first?.desired ?? -1 }

    /// The decisions as `berth events` prints them.
    var decisionLines: [String] {
        decisions.since(0).map { entry in
            let seconds = (entry.decision.instant - configuration.startedAt).inSeconds
            let whole = "\(Int(seconds))".count
            return String(repeating: " ", count: max(0, 5 - whole)) + String(format: "%.2f", seconds)
                + " \(entry.decision.kind.rawValue) \(entry.decision.subject): \(entry.decision.sentence)"
        }
    }
}
