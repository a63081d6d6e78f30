import BerthProtocols
import HTTPTypes
import Testing

/// SQS over the query protocol, as SDKs from before its JSON speak it.
struct SQSQueryTests {
    private let client = Client()
    private let path = "/000000000000/jobs"
    private let url = "http://127.0.0.1:4566/000000000000/jobs"

    private func call(
        _ operation: String, _ parameters: KeyValuePairs<String, String> = [:], path: String? = nil,
        method: HTTPRequest.Method = .post
    ) async -> Answer {
        await client.query(
            .sqs, operation, parameters.map { ($0.key, $0.value) }, path: path ?? self.path, method: method)
    }

    private func makeQueue(_ attributes: KeyValuePairs<String, String> = [:]) async {
        _ = await client.query(
            .sqs, "CreateQueue", [("QueueName", "jobs")] + attributes.map { ($0.key, $0.value) })
    }

    /// The result of a call without its envelope.
    private func result(
        _ operation: String, _ parameters: KeyValuePairs<String, String> = [:], path: String? = nil
    ) async -> String? {
        await call(operation, parameters, path: path).element("\(operation)Result")
    }

    @Test func `a queue is made with attributes and tags, found, listed, and deleted`() async {
        let made = await result(
            "CreateQueue",
            [
                "QueueName": "jobs", "Attribute.1.Name": "DelaySeconds", "Attribute.1.Value": "5",
                "Tag.1.Key": "entry", "Tag.1.Value": "a & b",
            ], path: "/")
        let found = await result("GetQueueUrl", ["QueueName": "jobs"], path: "/")
        let list = await result("ListQueues", path: "/")
        let tags = await result("ListQueueTags")
        let attributes = await result(
            "GetQueueAttributes", ["AttributeName.1": "DelaySeconds", "AttributeName.2": "VisibilityTimeout"])
        let deleted = await call("DeleteQueue")

        #expect(made == "<QueueUrl>\(url)</QueueUrl>")
        #expect(found == made && list == made)
        #expect(tags == "<Tag><Key>entry</Key><Value>a &amp; b</Value></Tag>")
        #expect(
            attributes == "<Attribute><Name>DelaySeconds</Name><Value>5</Value></Attribute>"
                + "<Attribute><Name>VisibilityTimeout</Name><Value>30</Value></Attribute>")
        #expect(deleted.text.contains("/\"><ResponseMetadata>"))
        #expect(await call("ListQueues", path: "/").text.contains("<ListQueuesResult/>"))
    }

    @Test func `attributes, tags and permissions are changed`() async {
        await makeQueue()
        let answers = [
            await call("SetQueueAttributes", ["Attribute.1.Name": "DelaySeconds", "Attribute.1.Value": "7"]),
            await call("TagQueue", ["Tag.1.Key": "a", "Tag.1.Value": "1", "Tag.2.Key": "b", "Tag.2.Value": "2"]),
            await call("UntagQueue", ["TagKey.1": "a"]),
            await call(
                "AddPermission", ["Label": "all", "AWSAccountId.1": "111122223333", "ActionName.1": "SendMessage"]),
            await call("AddPermission", ["Label": "x", "AWSAccountId.1": "111122223333", "ActionName.1": "*"]),
            await call("RemovePermission", ["Label": "x"]),
        ]
        let attributes = await result("GetQueueAttributes", ["AttributeName.1": "All"])

        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(await result("ListQueueTags") == "<Tag><Key>b</Key><Value>2</Value></Tag>")
        #expect(attributes?.contains("<Name>DelaySeconds</Name><Value>7</Value>") == true)
        #expect(attributes?.contains("arn:aws:iam::111122223333:root") == true)
    }

    @Test(arguments: [HTTPRequest.Method.post, .get])
    func `a message goes in at the queue's own path and comes out with its digests`(
        method: HTTPRequest.Method
    ) async throws {
        await makeQueue()
        let sent = await call(
            "SendMessage",
            [
                "MessageBody": "<body> & more", "MessageAttribute.1.Name": "Foo",
                "MessageAttribute.1.Value.DataType": "String", "MessageAttribute.1.Value.StringValue": "Bar",
                "MessageAttribute.2.Name": "Raw", "MessageAttribute.2.Value.DataType": "Binary",
                "MessageAttribute.2.Value.BinaryValue": "AQI=", "MessageSystemAttribute.1.Name": "AWSTraceHeader",
                "MessageSystemAttribute.1.Value.DataType": "String",
                "MessageSystemAttribute.1.Value.StringValue": "Root=1",
            ], method: method)
        let received = await call(
            "ReceiveMessage", ["AttributeName.1": "AWSTraceHeader", "MessageAttributeName.1": "Foo"], method: method)
        let handle = try #require(received.element("ReceiptHandle"))
        let shown = await call("ChangeMessageVisibility", ["ReceiptHandle": handle, "VisibilityTimeout": "0"])
        let again = await call("ReceiveMessage", ["MessageSystemAttributeName.1": "ApproximateReceiveCount"])
        let deleted = await call("DeleteMessage", ["ReceiptHandle": handle])

        #expect(sent.element("MD5OfMessageSystemAttributes") != nil)
        #expect(sent.element("MessageId") == received.element("MessageId"))
        #expect(received.element("Body") == "&lt;body&gt; &amp; more")
        #expect(received.element("Attribute") == "<Name>AWSTraceHeader</Name><Value>Root=1</Value>")
        #expect(received.element("MD5OfMessageAttributes") == "ae7155c6026991b6d54b11589678bf9c")
        #expect(
            received.element("MessageAttribute")
                == "<Name>Foo</Name><Value><DataType>String</DataType><StringValue>Bar</StringValue></Value>")
        #expect(again.element("Attribute") == "<Name>ApproximateReceiveCount</Name><Value>2</Value>")
        #expect([shown.status, deleted.status] == [200, 200])
        #expect(await call("PurgeQueue").status == 200)
        #expect(await call("ReceiveMessage").text.contains("<ReceiveMessageResult/>"))
    }

    @Test func `batches answer with an element for each entry, whatever became of it`() async throws {
        await makeQueue(["Attribute.1.Name": "MaximumMessageSize", "Attribute.1.Value": "1024"])
        let entry = "SendMessageBatchRequestEntry"
        let sent = await call(
            "SendMessageBatch",
            [
                "\(entry).1.Id": "a", "\(entry).1.MessageBody": "x", "\(entry).2.Id": "b",
                "\(entry).2.MessageBody": String(repeating: "y", count: 1025),
            ])
        let handle = try #require(await call("ReceiveMessage").element("ReceiptHandle"))
        let hidden = await result(
            "ChangeMessageVisibilityBatch",
            [
                "ChangeMessageVisibilityBatchRequestEntry.1.Id": "a",
                "ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle": handle,
                "ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout": "60",
            ])
        let deleted = await result(
            "DeleteMessageBatch",
            [
                "DeleteMessageBatchRequestEntry.1.Id": "a", "DeleteMessageBatchRequestEntry.1.ReceiptHandle": handle,
            ])

        #expect(sent.element("SendMessageBatchResultEntry")?.hasPrefix("<Id>a</Id>") == true)
        #expect(
            sent.element("BatchResultErrorEntry")
                == "<Id>b</Id><SenderFault>true</SenderFault><Code>InvalidParameterValue</Code>"
                + "<Message>One or more parameters cannot be validated. Reason: "
                + "Message must be shorter than 1024 bytes.</Message>")
        #expect(
            hidden == "<ChangeMessageVisibilityBatchResultEntry><Id>a</Id></ChangeMessageVisibilityBatchResultEntry>")
        #expect(deleted == "<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>")
    }

    @Test func `dead letters and move tasks are listed flat`() async throws {
        _ = await client.query(.sqs, "CreateQueue", [("QueueName", "dead")])
        let dead = "arn:aws:sqs:us-east-1:000000000000:dead"
        await makeQueue([
            "Attribute.1.Name": "RedrivePolicy",
            "Attribute.1.Value": #"{"deadLetterTargetArn":"\#(dead)","maxReceiveCount":1}"#,
        ])
        for _ in 1...2 { _ = await call("SendMessage", ["MessageBody": "x"], path: "/000000000000/dead") }
        let sources = await result("ListDeadLetterSourceQueues", path: "/000000000000/dead")
        let started = await call(
            "StartMessageMoveTask",
            [
                "SourceArn": dead, "DestinationArn": "arn:aws:sqs:us-east-1:000000000000:jobs",
                "MaxNumberOfMessagesPerSecond": "1",
            ], path: "/")
        let tasks = await call("ListMessageMoveTasks", ["SourceArn": dead], path: "/")
        let handle = try #require(started.element("TaskHandle"))
        let cancelled = await call("CancelMessageMoveTask", ["TaskHandle": handle], path: "/")

        #expect(sources == "<QueueUrl>\(url)</QueueUrl>")
        #expect(tasks.element("ListMessageMoveTasksResultEntry")?.contains("<SourceArn>\(dead)</SourceArn>") == true)
        #expect(tasks.element("Status") == "RUNNING")
        #expect(cancelled.element("ApproximateNumberOfMessagesMoved") != nil, "\(cancelled.text)")
    }

    @Test(
        arguments: [
            ("SendMessage", [:], "MissingParameter", "The request must contain the parameter MessageBody."),
            (
                "SendMessageBatch", [:], "AWS.SimpleQueueService.EmptyBatchRequest",
                "There should be at least one SendMessageBatchRequestEntry in the request."
            ),
            (
                "SendMessage", ["QueueUrl": "http://any/000000000000/other", "MessageBody": "x"],
                "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist for this wsdl version."
            ),
            ("FooBar", [:], "InvalidAction", "The action FooBar is not valid for this endpoint."),
            (
                "CreateQueue", ["QueueName": "x"], "InvalidAction",
                "The action CreateQueue is not valid for this endpoint."
            ),
            ("ListQueues", [:], "InvalidAction", "The action ListQueues is not valid for this endpoint."),
        ] as [(String, KeyValuePairs<String, String>, String, String)])
    func `a refusal at a queue has the code and words of this protocol`(
        operation: String, parameters: KeyValuePairs<String, String>, code: String, message: String
    ) async {
        await makeQueue()
        let answer = await call(operation, parameters)

        #expect(answer.status == 400)
        #expect(answer.element("Code") == code)
        #expect(answer.element("Message") == message)
        #expect(answer.text.contains("<Detail/></Error><RequestId>request</RequestId>"))
    }

    @Test func `JSON keeps its own words for a queue that is not there`() async {
        let answer = await client.jsonAnswer(.sqs, "GetQueueUrl", ["QueueName": "jobs"])

        #expect(answer.text.contains("The specified queue does not exist.\""))
    }

    @Test func `a queue's URL that is opened without an action says so, and nothing else`() async {
        let answer = await client.get(.sqs, path: path)

        #expect(answer.status == 404)
        #expect(answer.text == "<UnknownOperationException/>")
    }
}
