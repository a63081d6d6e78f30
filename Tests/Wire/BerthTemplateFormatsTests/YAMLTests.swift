import BerthKernel
import BerthTemplateFormats
import BerthTemplates
import OrderedCollections
import Testing

struct YAMLTests {
    @Test(
        arguments: [
            ("2012-10-17", "2012-10-17"), ("2010-09-09", "2010-09-09"), ("yes", true), ("Off", false), ("True", true),
            ("'yes'", "yes"), ("\"1\"", "1"), ("10", 10), ("-3", -3), ("1_000", 1000), ("0x1f", 31), ("0755", 493),
            ("012345678901", "012345678901"), ("0.50", .number("0.50")), ("1e3", "1e3"), ("22:22", "22:22"),
            ("~", .null), ("null", .null), ("1.2.3.4", "1.2.3.4"), ("10.0.0.0/16", "10.0.0.0/16"), ("!!str 5", "5"),
            ("us-east-1", "us-east-1"), ("[a, 1]", ["a", 1]), ("{a: {b: c}}", ["a": ["b": "c"]]),
        ] as [(String, TemplateValue)])
    func `a word means what it means to CloudFormation`(word: String, expected: TemplateValue) throws {
        #expect(try TemplateDocument("Key: \(word)").value == ["Key": expected])
    }

    @Test(
        arguments: [
            ("!Ref AWS::Region", ["Ref": "AWS::Region"]),
            ("!GetAtt Queue.Arn", ["Fn::GetAtt": ["Queue", "Arn"]]),
            ("!GetAtt Stack.Outputs.Url", ["Fn::GetAtt": ["Stack", "Outputs.Url"]]),
            ("!GetAtt [Queue, Arn]", ["Fn::GetAtt": ["Queue", "Arn"]]),
            ("!Sub '${A}-b'", ["Fn::Sub": "${A}-b"]),
            ("!Sub ['${A}', {A: !Ref B}]", ["Fn::Sub": ["${A}", ["A": ["Ref": "B"]]]]),
            ("!GetAZs ''", ["Fn::GetAZs": ""]),
            ("!Select [0, !GetAZs '']", ["Fn::Select": [0, ["Fn::GetAZs": ""]]]),
            ("!If [Big, 4, !Ref AWS::NoValue]", ["Fn::If": ["Big", 4, ["Ref": "AWS::NoValue"]]]),
            (
                "!And [!Condition A, !Not [!Condition B]]",
                ["Fn::And": [["Condition": "A"], ["Fn::Not": [["Condition": "B"]]]]]
            ),
            ("!Base64\n  Fn::Sub: x", ["Fn::Base64": ["Fn::Sub": "x"]]),
        ] as [(String, TemplateValue)])
    func `a short tag is its function`(text: String, expected: TemplateValue) throws {
        #expect(try TemplateDocument("Key: \(text)").value == ["Key": expected])
    }

    @Test func `members keep their order and the text its bytes`() throws {
        let text = "# about\nb: 1\na: |\n  #!/bin/bash\n  x\nc: >-\n  folded\n  text\n"
        let document = try TemplateDocument(text)
        #expect(document.text == text)
        #expect(document.value == ["b": 1, "a": "#!/bin/bash\nx\n", "c": "folded text"])
    }

    @Test(
        arguments: [
            ("a:\n  b: [1", "line 3, column 1", nil),
            ("a: 1\n b: 2", "line 2, column 3", "Template format error: YAML not well-formed. (line 2, column 3)"),
            ("a: 1\na: 2", nil, nil),
            ("a: &x 1\nb: *x", "line 1, column 4", nil),
            ("a: !!timestamp 2012-10-17", "line 1, column 4", nil),
            ("a: {}\n<<: {b: 1}", "line 2, column 1", nil),
            ("x:\n  y: !Twist z", "line 2, column 6", nil),
            ("x:\n  Fn::Twist: z", "line 2, column 3", nil),
            (String(repeating: "[", count: 500), nil, nil),
        ] as [(String, String?, String?)])
    func `what is no template is refused with line and column`(
        text: String, position: String?, message: String?
    ) throws {
        let error = try #require(throws: TemplateTextError.self) { try TemplateDocument(text) }
        #expect(error.refusal.code == "ValidationError")
        if let position { #expect(error.position.description == position) }
        if let message { #expect(error.refusal.message == message) }
    }

    @Test func `a refusal is traced to the line it is about`() throws {
        let document = try TemplateDocument(
            """
            Parameters:
              Name: {Type: String}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
              Base:
                Type: AWS::Moon::Base
            """)
        #expect(
            document.position(concerning: "Circular dependency between resources: [Base, Queue]")?.description
                == "line 6, column 3")
        #expect(document.position(concerning: "Parameters: [Name] must have values")?.line == 2)
        #expect(document.position(concerning: "Unrecognized resource types: [AWS::Moon::Base]")?.line == 7)
        #expect(document.position(concerning: "nothing of the kind") == nil)
    }
}
