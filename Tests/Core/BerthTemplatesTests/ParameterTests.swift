import BerthKernel
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct ParameterTests {
    @Test func `numbers stay text and lists are split at commas`() throws {
        let template = try Template.fixture([
            "Parameters": [
                "Count": ["Type": "Number", "Default": 35],
                "Subnets": ["Type": "List<AWS::EC2::Subnet::Id>"],
                "Names": ["Type": "CommaDelimitedList", "Default": "a, b ,c"],
                "Empty": ["Type": "CommaDelimitedList", "Default": ""],
            ]
        ])
        let values = try template.parameterValues(given: ["Subnets": "subnet-1,subnet-2"])
        #expect(values.keys == ["Count", "Subnets", "Names", "Empty"])
        #expect(values["Count"]?.value == "35")
        #expect(values["Subnets"]?.value == ["subnet-1", "subnet-2"])
        #expect(values["Names"]?.value == ["a", "b", "c"])
        #expect(values["Empty"]?.value == [""])
    }

    @Test func `a public image parameter is resolved and shows its name`() throws {
        let name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
        let template = try Template.fixture([
            "Parameters": [
                "Image": ["Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": .string(name)]
            ]
        ])
        let value = try #require(template.parameterValues(given: [:])["Image"])
        #expect(value.text == name)
        #expect(value.resolvedText?.wholeMatch(of: /ami-0[0-9a-f]{16}/) != nil)
        #expect(value.value == value.resolvedText.map { .string($0) })
        #expect(
            refusal { () throws(Refusal) in _ = try template.parameterValues(given: ["Image": "/mine"]) }
                == "Unable to fetch parameters [/mine] from parameter store for this account.")
    }

    @Test func `unknown and missing parameters are refused by name`() throws {
        let template = try Template.fixture([
            "Parameters": ["A": ["Type": "String"], "B": ["Type": "String"], "C": ["Type": "String", "Default": ""]]
        ])
        #expect(
            refusal { () throws(Refusal) in _ = try template.parameterValues(given: ["X": "1", "Y": "2"]) }
                == "Parameters: [X, Y] do not exist in the template")
        #expect(
            refusal { () throws(Refusal) in _ = try template.parameterValues(given: [:]) }
                == "Parameters: [A, B] must have values")
    }

    @Test(
        arguments: [
            (["Type": "String", "AllowedValues": ["a", "b"]], "c", "Parameter 'P' must be one of AllowedValues"),
            (["Type": "String", "AllowedValues": ["a", 1]], "1", nil),
            (["Type": "String", "AllowedPattern": "[a-z]+"], "abc", nil),
            (["Type": "String", "AllowedPattern": "[a-z]+"], "abc1", "Parameter 'P' must match pattern [a-z]+"),
            (
                ["Type": "String", "AllowedPattern": "[a-z]+", "ConstraintDescription": "letters only"], "1",
                "Parameter P failed to satisfy constraint: letters only"
            ),
            (["Type": "String", "MinLength": 2], "a", "Parameter 'P' must contain at least 2 characters"),
            (["Type": "String", "MaxLength": "2"], "ab", nil),
            (["Type": "String", "MaxLength": "2"], "abc", "Parameter 'P' must contain at most 2 characters"),
            (["Type": "Number"], "4.5", nil),
            (["Type": "Number"], "four", "Parameter 'P' must be a number."),
            (["Type": "List<Number>"], "1,2,x", "Parameter 'P' must be a number."),
            (["Type": "Number", "MinValue": 0], "0", nil),
            (["Type": "Number", "MinValue": 0], "-1", "Parameter 'P' must be a number not less than 0"),
            (["Type": "Number", "MaxValue": 4], "5", "Parameter 'P' must be a number not greater than 4"),
        ] as [(TemplateValue, String, String?)])
    func `a value that breaks a constraint is refused`(
        definition: TemplateValue, value: String, message: String?
    ) throws {
        let template = try Template.fixture(["Parameters": ["P": definition]])
        #expect(refusal { () throws(Refusal) in _ = try template.parameterValues(given: ["P": value]) } == message)
    }

    @Test func `a type that CloudFormation does not have is refused`() {
        let text = refusal { () throws(Refusal) in
            _ = try Template.fixture(["Parameters": ["P": ["Type": "Boolean"]]])
        }
        #expect(text == "Template format error: Unrecognized parameter type: Boolean (parameter P)")
    }
}
