import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import OrderedCollections

extension ResourceTypeCatalog {
    static let test = ResourceTypeCatalog([
        ("AWS::SQS::Queue", ["Arn", "QueueName", "QueueUrl"]),
        ("AWS::CloudWatch::Alarm", ["Arn"]),
        ("AWS::IAM::Role", nil),
        ("AWS::ECS::Service", ["Name"]),
        ("AWS::ECS::ClusterCapacityProviderAssociations", []),
    ])
}

extension Stacks {
    static func fixture(pace: Pace = .truth) -> Stacks {
        Stacks(tenancy: .test, pace: pace, seed: 1)
    }

    /// Makes a stack named `shop` of the given resources.
    @discardableResult
    mutating func create(
        _ resources: TemplateValue, outputs: TemplateValue = [:], onFailure: StackFailureAction = .rollback,
        isProtected: Bool = false, at now: Instant = .monday
    ) throws(Refusal) -> String {
        try create(
            CreateStackRequest(
                name: "shop", template: ["Resources": resources, "Outputs": outputs], templateText: "{…}",
                onFailure: onFailure, isProtected: isProtected), supporting: .test, at: now)
    }

    /// The actions asked for since this was last asked.
    mutating func actions() -> [ResourceAction] {
        drain().compactMap { event in
            guard case .provision(let action) = event else { return nil }
            return action
        }
    }

    /// Does every action at once, and those that follow, until nothing is asked for.
    mutating func performAll(failing logicalIDs: Set<String> = [], at now: Instant = .monday) {
        while true {
            let actions = actions()
            guard !actions.isEmpty else { return }
            for action in actions where isCurrent(action) {
                report(action.outcome(failing: logicalIDs), for: action, at: now)
            }
        }
    }

    /// What happened, oldest first, a line per event.
    func history(of stack: String = "shop") -> [String] {
        (self.stack(stack)?.events ?? []).map { event in
            "\(event.logicalID) \(event.status)" + (event.reason.map { ": \($0)" } ?? "")
        }
    }
}

extension ResourceAction {
    func outcome(failing logicalIDs: Set<String>) -> ResourceResult {
        logicalIDs.contains(logicalID)
            ? .failed(reason: "No such thing")
            : .complete(physicalID: "id-of-\(logicalID)", attributes: ["Arn": .string("arn:\(logicalID)")])
    }
}

func refusal(_ body: () throws(Refusal) -> Void) -> Refusal? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}
