import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct DeleteTests {
    let resources: TemplateValue = [
        "Dead": ["Type": "AWS::SQS::Queue"],
        "Queue": ["Type": "AWS::SQS::Queue", "DependsOn": "Dead"],
        "Alarm": ["Type": "AWS::CloudWatch::Alarm", "DependsOn": "Queue"],
        "Kept": ["Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain"],
    ]

    @Test func `resources go when nothing needs them any more`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(resources)
        stacks.performAll()
        try stacks.delete("shop", at: .monday + .seconds(60))
        for expected in ["Alarm", "Queue", "Dead"] {
            let actions = stacks.actions()
            #expect(actions.map(\.logicalID) == [expected])
            #expect(actions.map(\.physicalID) == ["id-of-\(expected)"])
            stacks.report(.complete(physicalID: ""), for: actions[0], at: .monday + .seconds(61))
        }
        #expect(stacks.stack(arn)?.status == .deleteComplete)
        #expect(
            stacks.history(of: arn).suffix(9) == [
                "shop DELETE_IN_PROGRESS: User Initiated",
                "Kept DELETE_SKIPPED",
                "Alarm DELETE_IN_PROGRESS",
                "Alarm DELETE_COMPLETE",
                "Queue DELETE_IN_PROGRESS",
                "Queue DELETE_COMPLETE",
                "Dead DELETE_IN_PROGRESS",
                "Dead DELETE_COMPLETE",
                "shop DELETE_COMPLETE",
            ])
    }

    @Test func `a deleted stack is found by ARN only and its name is free again`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(resources)
        stacks.performAll()
        try stacks.delete(arn, at: .monday)
        stacks.performAll()
        #expect(stacks.stack("shop") == nil)
        #expect(stacks.stack(arn)?.deletedAt == .monday)
        #expect(stacks.liveStacks.isEmpty)
        #expect(
            refusal { () throws(Refusal) in _ = try stacks.describe("shop") }?.message
                == "Stack with id shop does not exist")
        let next = try stacks.create(resources)
        #expect(next != arn)
    }

    @Test func `deleting nothing, and deleting twice, is no error`() throws {
        var stacks = Stacks.fixture()
        try stacks.delete("shop", at: .monday)
        #expect(stacks == .fixture())
        try stacks.create(resources)
        stacks.performAll()
        try stacks.delete("shop", at: .monday)
        let before = stacks
        try stacks.delete("shop", at: .monday)
        #expect(stacks == before)
    }

    @Test func `a stack that is still being built stops and goes`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(resources)
        let actions = stacks.actions()
        stacks.report(.complete(physicalID: "dead"), for: actions[0], at: .monday)
        try stacks.delete("shop", at: .monday)
        #expect(!stacks.isCurrent(actions[1]))
        stacks.performAll()
        #expect(stacks.stack(arn)?.status == .deleteComplete)
        #expect(stacks.stack(arn)?.resources["Alarm"]?.status == nil)
    }

    @Test func `a resource that stays keeps the stack, and can be let go of`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(resources)
        stacks.performAll()
        #expect(
            refusal { () throws(Refusal) in try stacks.delete("shop", retaining: ["Queue"], at: .monday) } != nil)
        try stacks.delete("shop", at: .monday)
        stacks.performAll(failing: ["Queue"])
        #expect(stacks.stack("shop")?.status == .deleteFailed)
        #expect(stacks.stack("shop")?.statusReason == "The following resource(s) failed to delete: [Queue]. ")
        #expect(stacks.stack("shop")?.resources["Dead"]?.status == .createComplete)

        try stacks.delete("shop", retaining: ["Queue"], at: .monday)
        stacks.performAll()
        #expect(stacks.stack(arn)?.status == .deleteComplete)
        #expect(stacks.stack(arn)?.resources["Queue"]?.status == .deleteSkipped)
    }

    @Test func `a protected stack is not deleted`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(resources, isProtected: true)
        let before = stacks
        #expect(
            refusal { () throws(Refusal) in try stacks.delete("shop", at: .monday) }?.message
                == "Stack [shop] cannot be deleted while TerminationProtection is enabled")
        #expect(stacks == before)
    }
}
