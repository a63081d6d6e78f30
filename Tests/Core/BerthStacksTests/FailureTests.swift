import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct FailureTests {
    let resources: TemplateValue = [
        "Dead": ["Type": "AWS::SQS::Queue"],
        "Queue": ["Type": "AWS::SQS::Queue", "DependsOn": "Dead"],
        "Alarm": ["Type": "AWS::CloudWatch::Alarm", "DependsOn": "Queue"],
        "Slow": ["Type": "AWS::SQS::Queue"],
    ]

    @Test func `a failed resource takes back what was built, the newest first`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(resources)
        let first = stacks.actions()
        stacks.report(.complete(physicalID: "dead"), for: first[0], at: .monday)
        stacks.report(.inProgress(physicalID: "slow"), for: first[1], at: .monday)
        let queue = try #require(stacks.actions().first)
        stacks.report(.failed(reason: "Too many queues", code: .serviceLimitExceeded), for: queue, at: .monday)

        #expect(!stacks.isCurrent(first[1]))
        #expect(stacks.stack("shop")?.status == .rollbackInProgress)
        let deletions = stacks.actions()
        #expect(deletions.map(\.logicalID) == ["Slow", "Dead"])
        #expect(deletions.map(\.operation) == [.delete, .delete])
        #expect(deletions.map(\.physicalID) == ["slow", "dead"])
        for deletion in deletions {
            stacks.report(.complete(physicalID: ""), for: deletion, at: .monday)
        }
        #expect(stacks.stack("shop")?.status == .rollbackComplete)
        #expect(
            stacks.stack("shop")?.events.first { $0.status == "ROLLBACK_IN_PROGRESS" }?.reason
                == "The following resource(s) failed to create: [Queue, Slow]. Rollback requested by user.")
        #expect(stacks.history().contains("Slow CREATE_FAILED: Resource creation cancelled"))
        let failure = stacks.stack("shop")?.events.first { $0.logicalID == "Queue" && $0.status == "CREATE_FAILED" }
        let reason = try #require(failure?.reason)
        #expect(reason.hasPrefix("Resource handler returned message: \"Too many queues\" (RequestToken: "))
        #expect(reason.hasSuffix(", HandlerErrorCode: ServiceLimitExceeded)"))
    }

    @Test func `what was only asked for is no longer current after another failed`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(resources)
        let actions = stacks.actions()
        stacks.report(.failed(reason: "No"), for: actions[0], at: .monday)
        #expect(!stacks.isCurrent(actions[1]))
        let before = stacks
        stacks.report(.complete(physicalID: "late"), for: actions[1], at: .monday)
        #expect(stacks == before)
        #expect(stacks.stack("shop")?.status == .rollbackComplete)
    }

    @Test(arguments: [(StackFailureAction.doNothing, StackStatus.createFailed), (.delete, .deleteComplete)])
    func `the owner chooses what becomes of a failed stack`(choice: StackFailureAction, status: StackStatus) throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(resources, onFailure: choice)
        stacks.performAll(failing: ["Queue"])
        #expect(stacks.stack(arn)?.status == status)
    }

    @Test func `a property that cannot be evaluated fails its resource`() throws {
        var stacks = Stacks.fixture()
        try stacks.create([
            "Queue": ["Type": "AWS::SQS::Queue"],
            "Alarm": ["Type": "AWS::CloudWatch::Alarm", "Properties": ["x": ["Fn::Select": [3, ["Ref": "Queue"]]]]],
        ])
        stacks.performAll()
        #expect(stacks.stack("shop")?.status == .rollbackComplete)
        #expect(
            stacks.history().contains(
                "Alarm CREATE_FAILED: Template error: Fn::Select requires a list argument with two elements: an "
                    + "integer index and a list"))
    }

    @Test(arguments: [(10_799, StackStatus.createInProgress), (10_800, .rollbackComplete)])
    func `a resource nobody reports on fails after three hours`(seconds: Int, status: StackStatus) throws {
        var stacks = Stacks.fixture()
        try stacks.create(["Queue": ["Type": "AWS::SQS::Queue"]])
        #expect(stacks.nextDeadline == .monday + .seconds(10_800))
        stacks.advance(to: .monday + .seconds(seconds))
        #expect(stacks.stack("shop")?.status == status)
    }

    @Test func `the three hours follow the pace`() throws {
        var stacks = Stacks.fixture(pace: Pace(factor: 60))
        try stacks.create(["Queue": ["Type": "AWS::SQS::Queue"]])
        #expect(stacks.nextDeadline == .monday + .seconds(180))
        stacks.performAll()
        #expect(stacks.nextDeadline == nil)
    }

    @Test func `the decision names the resource, how far it came and why`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(resources, onFailure: .doNothing)
        let first = stacks.actions()
        stacks.report(.complete(physicalID: "dead"), for: first[0], at: .monday)
        stacks.report(.failed(reason: "No"), for: first[1], at: .monday)
        let sentences = stacks.drain().compactMap { event -> String? in
            guard case .decided(let decision) = event else { return nil }
            return decision.sentence
        }
        #expect(sentences.first?.hasPrefix("Stack shop fails at Slow with 1 of 4 resources built: ") == true)
        #expect(sentences.first?.hasSuffix(".") == true)
    }
}
