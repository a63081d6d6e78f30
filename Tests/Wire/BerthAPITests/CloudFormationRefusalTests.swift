import BerthProtocols
import Testing

struct CloudFormationRefusalTests {
    private let client = Client()

    @Test(arguments: [
        ([("TemplateBody", "{")], "ValidationError"),
        ([("TemplateBody", "Resources: {}")], "ValidationError"),
        ([], "ValidationError"),
        ([("TemplateURL", "https://s3.amazonaws.com/b/k")], "ValidationError"),
        (
            [("TemplateBody", "Resources: {R: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}}}")],
            "InsufficientCapabilitiesException"
        ),
    ])
    func `what cannot become a stack is refused`(parameters: [(String, String)], code: String) async {
        let answer = await client.query(.cloudFormation, "CreateStack", [("StackName", "x")] + parameters)

        #expect(answer.status == 400)
        #expect(answer.element("Code") == code)
    }

    @Test func `a name is taken once`() async {
        let parameters = [("StackName", "x"), ("TemplateBody", "Resources: {Q: {Type: 'AWS::SQS::Queue'}}")]
        let first = await client.query(.cloudFormation, "CreateStack", parameters)
        let second = await client.query(.cloudFormation, "CreateStack", parameters)

        #expect(first.status == 200)
        #expect(second.element("Code") == "AlreadyExistsException")
        #expect(second.element("Message") == "Stack [x] already exists")
    }

    @Test func `a template is validated without becoming anything`() async {
        let body = "Parameters: {Size: {Type: Number, Default: 2}}\nResources: {Q: {Type: 'AWS::SQS::Queue'}}"
        let valid = await client.query(.cloudFormation, "ValidateTemplate", [("TemplateBody", body)])
        let stacks = await client.query(.cloudFormation, "DescribeStacks")

        #expect(valid.element("ParameterKey") == "Size")
        #expect(valid.element("DefaultValue") == "2")
        #expect(stacks.text.contains("<Stacks/>"))
    }
}
