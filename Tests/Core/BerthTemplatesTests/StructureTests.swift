import BerthKernel
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct StructureTests {
    @Test(
        arguments: [
            (["Resources": [:]], "Template format error: At least one Resources member must be defined."),
            ([:], "Template format error: At least one Resources member must be defined."),
            (["Resources": ["A": "x"]], "Template format error: Any Resources member must be an object."),
            (
                ["Resources": ["A": ["Properties": [:]]]],
                "Template format error: [/Resources/A] Every Resources object must contain a Type member."
            ),
            (
                ["Resources": ["my-id": ["Type": "T"]]],
                "Template format error: Resource name my-id is non alphanumeric."
            ),
            (
                ["Resources": ["A": ["Type": "T", "Invalid": 1]]],
                "Invalid template resource property 'Invalid'"
            ),
            (["Ressources": ["A": ["Type": "T"]]], "Invalid template property or properties [Ressources]"),
            (
                ["Resources": ["A": ["Type": "T"]], "Outputs": ["O": ["Description": "x"]]],
                "Template format error: Every Outputs member must contain a Value object"
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "Outputs": ["O": ["Value": .null]]],
                "[/Outputs/O/Value] 'null' values are not allowed in templates"
            ),
            (
                ["Resources": ["A": ["Type": "T", "Properties": ["x": ["Ref": "B"]]]]],
                "Template format error: Unresolved resource dependencies [B] in the Resources block of the template"
            ),
            (
                ["Resources": ["A": ["Type": "T", "DependsOn": ["B", "C"]]]],
                "Template format error: Unresolved resource dependencies [B, C] in the Resources block of the template"
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "Outputs": ["O": ["Value": ["Ref": "B"]]]],
                "Unresolved resource dependencies [B] in the Outputs block of the template"
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "Conditions": ["C": ["Fn::Equals": [["Ref": "A"], "x"]]]],
                """
                Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block \
                of the template
                """
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "Conditions": ["C": ["Fn::Not": [["Condition": "C"]]]]],
                "Template format error: Circular dependency between conditions: [C]"
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "Transform": "AWS::Serverless-2016-10-31"],
                "Transform AWS::Serverless-2016-10-31 is not supported by this version of Berth."
            ),
            (
                ["Resources": ["A": ["Type": "T"]], "AWSTemplateFormatVersion": "2012-10-17"],
                "Template format error: unsupported value for AWSTemplateFormatVersion."
            ),
            ("text", "Template format error: unsupported structure."),
        ] as [(TemplateValue, String)])
    func `a template that is not built as one is refused`(source: TemplateValue, message: String) {
        #expect(refusal { () throws(Refusal) in _ = try Template(source) } == message)
    }

    @Test func `CDK's bootstrap rule and metadata are passed over`() throws {
        let template = try Template.fixture([
            "Metadata": ["anything": [.null]],
            "Rules": ["CheckBootstrapVersion": ["Assertions": [["Assert": ["Fn::Contains": [[], "1"]]]]]],
        ])
        #expect(template.resources.keys == ["Queue"])
    }

    @Test func `a resource with a false condition does not exist`() throws {
        let template = try Template.fixture([
            "Parameters": ["Stage": ["Type": "String", "Default": "test"]],
            "Conditions": ["Live": ["Fn::Equals": [["Ref": "Stage"], "live"]]],
            "Resources": [
                "Queue": ["Type": "AWS::SQS::Queue", "DependsOn": "Alarm"],
                "Alarm": ["Type": "AWS::CloudWatch::Alarm", "Condition": "Live"],
            ],
            "Outputs": ["Alarm": ["Value": ["Ref": "Alarm"], "Condition": "Live"]],
        ])
        let test = try template.plan(in: .fixture(parameters: ["Stage": "test"]))
        #expect(test.graph.nodes == ["Queue"])
        #expect(test.outputs.isEmpty)
        let live = try template.plan(in: .fixture(parameters: ["Stage": "live"]))
        #expect(live.graph.order == ["Alarm", "Queue"])
        #expect(live.outputs == ["Alarm"])
    }

    @Test func `referring to a resource that does not exist is refused`() throws {
        let template = try Template.fixture([
            "Conditions": ["Never": ["Fn::Equals": ["a", "b"]]],
            "Resources": [
                "Queue": ["Type": "AWS::SQS::Queue", "Condition": "Never"],
                "Alarm": ["Type": "AWS::CloudWatch::Alarm", "Properties": ["x": ["Ref": "Queue"]]],
            ],
        ])
        #expect(
            refusal { () throws(Refusal) in _ = try template.plan(in: .fixture()) }
                == "Template format error: Unresolved resource dependencies [Queue] in the Resources block of the "
                + "template")
    }

    @Test(
        arguments: [
            (
                ["Fn::FindInMap": ["Sizes", "large", "cpu"]],
                "Template error: Unable to get mapping for Sizes::large::cpu"
            ),
            (
                ["Fn::Join": ["", [["Ref": "Queue"], ["Fn::Select": [9, ["a"]]]]]],
                "Template error: Fn::Select cannot select nonexistent value at index 9"
            ),
            ("{{resolve:ssm:/mine}}", "Unable to fetch parameters [/mine] from parameter store for this account."),
            (["Fn::If": ["Never", ["Fn::Select": [9, ["a"]]], ["Ref": "Queue"]]], nil),
        ] as [(TemplateValue, String?)])
    func `what needs no resource is checked before any is made`(property: TemplateValue, message: String?) throws {
        let template = try Template.fixture([
            "Conditions": ["Never": ["Fn::Equals": ["a", "b"]]],
            "Resources": ["Queue": ["Type": "T"], "Other": ["Type": "T", "Properties": ["x": property]]],
        ])
        #expect(refusal { () throws(Refusal) in _ = try template.plan(in: .fixture()) } == message)
    }

    @Test func `resources that wait for each other are refused, those that wait for them not named`() throws {
        let template = try Template.fixture([
            "Resources": [
                "A": ["Type": "T", "Properties": ["x": ["Ref": "B"]]],
                "B": ["Type": "T", "DependsOn": "C"],
                "C": ["Type": "T", "Properties": ["x": ["Fn::Sub": "${A.Arn}"]]],
                "Waiting": ["Type": "T", "DependsOn": "A"],
                "Free": ["Type": "T"],
            ]
        ])
        #expect(
            refusal { () throws(Refusal) in _ = try template.plan(in: .fixture()) }
                == "Circular dependency between resources: [A, B, C]")
    }

    @Test func `the order follows dependencies first and the template second`() throws {
        let template = try Template.fixture([
            "Resources": [
                "Last": ["Type": "T", "Properties": ["x": ["Fn::GetAtt": ["Middle", "Arn"]]]],
                "Middle": ["Type": "T", "DependsOn": ["First"]],
                "Other": ["Type": "T"],
                "First": ["Type": "T"],
            ]
        ])
        let graph = try template.plan(in: .fixture()).graph
        #expect(graph.order == ["Other", "First", "Middle", "Last"])
        #expect(graph.dependents(of: "First") == ["Middle"])
        #expect(graph.depends("Last", on: "First"))
    }
}
