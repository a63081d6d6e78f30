import BerthKernel
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct FunctionTests {
    @Test(
        arguments: [
            (["Ref": "AWS::Region"], "us-east-1"),
            (["Ref": "AWS::AccountId"], "000000000000"),
            (["Ref": "AWS::StackName"], "shop"),
            (["Ref": "AWS::Partition"], "aws"),
            (["Ref": "AWS::URLSuffix"], "amazonaws.com"),
            (["Ref": "Name"], "jobs"),
            (["Ref": "Subnets"], ["subnet-1", "subnet-2"]),
            (["Ref": "Queue"], "https://sqs/jobs"),
            (["Fn::GetAtt": ["Queue", "Arn"]], "arn:q"),
            (["Fn::GetAtt": "Queue.Arn"], "arn:q"),
            (["Fn::GetAtt": "Queue.Outputs.Url"], "http://x"),
            (["Fn::Sub": "${AWS::StackName}-${Name}"], "shop-jobs"),
            (["Fn::Sub": "${Queue.Arn}/${Queue}"], "arn:q/https://sqs/jobs"),
            (["Fn::Sub": "$5 ${!Literal} ${Name}$"], "$5 ${Literal} jobs$"),
            (["Fn::Sub": ["${Name}:${Own}", ["Own": ["Ref": "AWS::Region"], "Name": "mine"]]], "mine:us-east-1"),
            (["Fn::Join": ["-", ["a", 1, ["Ref": "Name"]]]], "a-1-jobs"),
            (["Fn::Join": [",", ["Ref": "Subnets"]]], "subnet-1,subnet-2"),
            (["Fn::Join": ["", ["a", ["Ref": "AWS::NoValue"], "b"]]], "ab"),
            (["Fn::Split": [" ", "sleep 86400"]], ["sleep", "86400"]),
            (["Fn::Split": ["--", "a--b--"]], ["a", "b", ""]),
            (["Fn::Select": [1, ["a", "b"]]], "b"),
            (["Fn::Select": ["1", ["Ref": "Subnets"]]], "subnet-2"),
            (["Fn::Select": [2, ["Fn::GetAZs": ""]]], "us-east-1c"),
            (["Fn::GetAZs": ["Ref": "AWS::Region"]], ["us-east-1a", "us-east-1b", "us-east-1c"]),
            (["Fn::GetAZs": "eu-west-1"], ["eu-west-1a", "eu-west-1b", "eu-west-1c"]),
            (["Fn::FindInMap": ["Sizes", "small", "cpu"]], 256),
            (["Fn::FindInMap": ["Sizes", ["Fn::Sub": "small"], "types"]], ["a", "b"]),
            (["Fn::Base64": "#!/bin/bash\n"], "IyEvYmluL2Jhc2gK"),
            (["Fn::Base64": "ab"], "YWI="),
            (["Fn::Base64": "a"], "YQ=="),
            (["Fn::Cidr": ["10.0.0.0/16", 3, 12]], ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"]),
            (["Fn::Select": [1, ["Fn::Cidr": ["10.1.2.3/16", "2", "8"]]]], "10.1.1.0/24"),
            (["Fn::If": ["Yes", "then", "else"]], "then"),
            (["Fn::If": ["No", "then", ["Ref": "Name"]]], "jobs"),
            ([["Ref": "AWS::NoValue"], "kept"], ["kept"]),
            (
                ["gone": ["Fn::If": ["No", 1, ["Ref": "AWS::NoValue"]]], "kept": .number("0.50")],
                ["kept": .number("0.50")]
            ),
        ] as [(TemplateValue, TemplateValue)])
    func `a function gives what CloudFormation gives`(source: TemplateValue, expected: TemplateValue) throws {
        let expression = try Expression(source, in: .elsewhere, at: "/Resources/X/Properties")
        #expect(try expression.evaluate(in: .fixture()) == expected)
    }

    @Test(
        arguments: [
            (["Fn::Equals": [["Ref": "Name"], "jobs"]], true),
            (["Fn::Equals": ["1", 1]], true),
            (["Fn::Equals": ["a", "b"]], false),
            (["Fn::Not": [["Condition": "Yes"]]], false),
            (["Fn::And": [["Condition": "Yes"], ["Condition": "No"]]], false),
            (["Fn::Or": [["Condition": "No"], ["Fn::Equals": ["x", "x"]]]], true),
        ] as [(TemplateValue, Bool)])
    func `a condition is decided by parameters, mappings and other conditions`(
        source: TemplateValue, expected: Bool
    ) throws {
        let expression = try Expression(source, in: .conditions, at: "/Conditions/C")
        #expect(try expression.holds(in: .fixture()) == expected)
    }

    @Test(
        arguments: [
            (["Ref": ["a"]], "Template error: every Ref object must have a single String value."),
            (
                ["Fn::GetAtt": ["Queue"]],
                """
                Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the \
                resource attribute
                """
            ),
            (
                ["Fn::Split": ["", "a"]],
                """
                Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a \
                string to be split or a function that returns a string to be split.
                """
            ),
            (
                ["Fn::Sub": "${a b}"],
                """
                Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, \
                underscores, periods, and colons
                """
            ),
            (
                ["Fn::Select": [2, ["a", "b"]]],
                "Template error: Fn::Select cannot select nonexistent value at index 2"
            ),
            (
                ["Fn::FindInMap": ["Sizes", "large", "cpu"]],
                "Template error: Unable to get mapping for Sizes::large::cpu"
            ),
            (
                ["Fn::GetAtt": "Queue.Colour"],
                "Template error: resource Queue does not support attribute type Colour in Fn::GetAtt"
            ),
            (["Fn::If": ["Maybe", 1, 2]], "Template error: unresolved condition dependency Maybe in Fn::If"),
            (["Fn::ImportValue": "x"], "Template error: Fn::ImportValue is not supported by this version of Berth."),
            (
                ["Ref": "Name", "Other": 1],
                "Template error: Ref must be the only member of its object. [/Resources/X/Properties]"
            ),
            (["a": ["b": .null]], "[/Resources/X/Properties/a/b] 'null' values are not allowed in templates"),
            (
                ["Fn::Equals": ["a", "a"]],
                "Template error: Fn::Equals can only be used in the Conditions block of the template."
            ),
        ] as [(TemplateValue, String)])
    func `a function that cannot be evaluated is refused`(source: TemplateValue, message: String) {
        let text = refusal { () throws(Refusal) in
            let expression = try Expression(source, in: .elsewhere, at: "/Resources/X/Properties")
            _ = try expression.evaluate(in: .fixture())
        }
        #expect(text == message)
    }

    @Test func `an unknown function is refused with the known ones`() {
        let text = refusal { () throws(Refusal) in
            _ = try Expression(["Fn::Twist": "x"], in: .elsewhere, at: "/Resources/X/Properties")
        }
        #expect(text?.hasPrefix("Template error: Encountered unsupported function: Fn::Twist Supported") == true)
    }

    @Test func `references are everything but parameters, and only the branches that are taken`() throws {
        let expression = try Expression(
            [
                "a": ["Fn::Sub": ["${Queue.Arn}${Name}${own}${AWS::Region}", ["own": ["Ref": "Inner"]]]],
                "b": ["Fn::If": ["No", ["Ref": "Never"], ["Fn::GetAtt": "Other.Id"]]],
            ], in: .elsewhere, at: "")
        let taken = expression.references(besides: ["Name"], given: ["No": false])
        #expect(taken.map(\.logicalID) == ["Queue", "Inner", "Other"])
        #expect(taken.map(\.attribute) == ["Arn", nil, "Id"])
        let all = expression.references(besides: ["Name"])
        #expect(all.map(\.logicalID) == ["Queue", "Inner", "Never", "Other"])
    }
}
