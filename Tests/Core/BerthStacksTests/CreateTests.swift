import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct CreateTests {
    @Test func `resources are created when what they need exists, with what it turned out to be`() throws {
        var stacks = Stacks.fixture()
        try stacks.create([
            "Alarm": ["Type": "AWS::CloudWatch::Alarm", "Properties": ["Queue": ["Fn::GetAtt": "Queue.Arn"]]],
            "Queue": ["Type": "AWS::SQS::Queue", "Properties": ["Redrive": ["Ref": "Dead"], "Delay": 5]],
            "Dead": ["Type": "AWS::SQS::Queue"],
            "Role": ["Type": "AWS::CloudWatch::Alarm"],
        ])
        let first = stacks.actions()
        #expect(first.map(\.logicalID) == ["Dead", "Role"])
        #expect(first.map(\.operation) == [.create, .create])

        stacks.report(.complete(physicalID: "dead-url"), for: first[0], at: .monday)
        let second = stacks.actions()
        #expect(second.map(\.logicalID) == ["Queue"])
        #expect(second[0].properties.value("Redrive") == "dead-url")

        stacks.report(.complete(physicalID: "url", attributes: ["Arn": "arn:q"]), for: second[0], at: .monday)
        let third = stacks.actions()
        #expect(third[0].properties.value("Queue") == "arn:q")
        #expect(stacks.stack("shop")?.status == .createInProgress)

        stacks.report(.complete(physicalID: "alarm"), for: third[0], at: .monday)
        stacks.report(.complete(physicalID: "role"), for: first[1], at: .monday)
        #expect(stacks.stack("shop")?.status == .createComplete)
    }

    @Test func `the history has AWS's events, each in a millisecond of its own`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(["Queue": ["Type": "AWS::SQS::Queue"]])
        let action = try #require(stacks.actions().first)
        stacks.report(.inProgress(physicalID: "url"), for: action, at: .monday)
        stacks.report(.inProgress(physicalID: "url"), for: action, at: .monday)
        stacks.report(.complete(physicalID: "url"), for: action, at: .monday + .seconds(9))
        #expect(
            stacks.history() == [
                "shop CREATE_IN_PROGRESS: User Initiated",
                "Queue CREATE_IN_PROGRESS",
                "Queue CREATE_IN_PROGRESS: Resource creation Initiated",
                "Queue CREATE_COMPLETE",
                "shop CREATE_COMPLETE",
            ])
        let events = try stacks.events(of: "shop")
        #expect(Set(events.map(\.id)).count == 5)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.instant > $1.instant })
        #expect(events.last?.instant == .monday)
    }

    @Test func `outputs are there when the stack is complete`() throws {
        var stacks = Stacks.fixture()
        try stacks.create(
            ["Queue": ["Type": "AWS::SQS::Queue"]],
            outputs: ["Url": ["Value": ["Fn::Sub": "${AWS::StackName}:${Queue.Arn}"], "Description": "Where"]])
        #expect(stacks.stack("shop")?.outputs.isEmpty == true)
        stacks.performAll()
        let output = try #require(stacks.stack("shop")?.outputs.first)
        #expect(output.key == "Url")
        #expect(output.value == "shop:arn:Queue")
        #expect(output.summary == "Where")
    }

    @Test func `actions carry AWS's tags and a name of their own`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create(["Queue": ["Type": "AWS::SQS::Queue"], "Dead": ["Type": "AWS::SQS::Queue"]])
        let actions = stacks.actions()
        #expect(
            actions[0].tags == [
                Tag(key: "aws:cloudformation:stack-name", value: "shop"),
                Tag(key: "aws:cloudformation:stack-id", value: arn),
                Tag(key: "aws:cloudformation:logical-id", value: "Queue"),
            ])
        #expect(actions[0].defaultName().wholeMatch(of: /shop-Queue-[A-Za-z0-9]{12}/) != nil)
        #expect(actions[0].defaultName() == actions[0].defaultName())
        #expect(actions[0].defaultName().suffix(12) != actions[1].defaultName().suffix(12))
        #expect(actions[0].defaultName(limit: 20).wholeMatch(of: /sho-Que-[A-Za-z0-9]{12}/) != nil)
    }

    @Test func `a service with capacity providers waits until its cluster has them`() throws {
        var stacks = Stacks.fixture()
        try stacks.create([
            "Service": ["Type": "AWS::ECS::Service", "Properties": ["Cluster": "c", "CapacityProviderStrategy": []]],
            "Elsewhere": [
                "Type": "AWS::ECS::Service", "Properties": ["Cluster": "d", "CapacityProviderStrategy": []],
            ],
            "Providers": ["Type": "AWS::ECS::ClusterCapacityProviderAssociations", "Properties": ["Cluster": "c"]],
        ])
        #expect(stacks.actions().map(\.logicalID) == ["Elsewhere", "Providers"])
    }

    @Test(arguments: [
        ("1shop", "ValidationError"), ("sh_op", "ValidationError"), ("", "ValidationError"),
        (String(repeating: "a", count: 129), "ValidationError"), ("shop", "AlreadyExistsException"),
    ])
    func `a name that cannot be is refused`(name: String, code: String) throws {
        var stacks = Stacks.fixture()
        try stacks.create(["Queue": ["Type": "AWS::SQS::Queue"]])
        let before = stacks
        let request = CreateStackRequest(
            name: name, template: ["Resources": ["Queue": ["Type": "AWS::SQS::Queue"]]], templateText: "")
        let refusal = refusal { () throws(Refusal) in
            _ = try stacks.create(request, supporting: .test, at: .monday + .seconds(1))
        }
        #expect(refusal?.code == code)
        #expect(stacks == before)
    }

    @Test(
        arguments: [
            (
                ["X": ["Type": "AWS::Moon::Base"]],
                "Template format error: Unrecognized resource types: [AWS::Moon::Base]"
            ),
            (
                [
                    "Queue": ["Type": "AWS::SQS::Queue"],
                    "Alarm": ["Type": "AWS::CloudWatch::Alarm", "Properties": ["x": ["Fn::GetAtt": "Queue.Colour"]]],
                ], "Template error: resource Queue does not support attribute type Colour in Fn::GetAtt"
            ),
            (["Role": ["Type": "AWS::IAM::Role"]], "Requires capabilities : [CAPABILITY_IAM]"),
            (
                ["Role": ["Type": "AWS::IAM::Role", "Properties": ["RoleName": "admin"]]],
                "Requires capabilities : [CAPABILITY_NAMED_IAM]"
            ),
            (
                [
                    "A": ["Type": "AWS::SQS::Queue", "DependsOn": "B"],
                    "B": ["Type": "AWS::SQS::Queue", "DependsOn": "A"],
                ],
                "Circular dependency between resources: [A, B]"
            ),
        ] as [(TemplateValue, String)])
    func `a template that cannot work is refused and changes nothing`(resources: TemplateValue, message: String) {
        var stacks = Stacks.fixture()
        let refusal = refusal { () throws(Refusal) in try stacks.create(resources) }
        #expect(refusal?.message == message)
        #expect(stacks == .fixture())
    }

    @Test(arguments: [(51_200, nil), (51_201, "ValidationError")])
    func `a template in the request may have 51,200 bytes`(bytes: Int, code: String?) {
        var stacks = Stacks.fixture()
        let request = CreateStackRequest(
            name: "shop", template: ["Resources": ["Queue": ["Type": "AWS::SQS::Queue"]]],
            templateText: String(repeating: " ", count: bytes))
        let refusal = refusal { () throws(Refusal) in
            _ = try stacks.create(request, supporting: .test, at: .monday)
        }
        #expect(refusal?.code == code)
    }
}
