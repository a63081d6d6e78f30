import BerthProtocols
import Testing

/// The calls that are nearly all of a queue's traffic read and write themselves, past the decoder and encoder.
struct PlainShapeTests {
    /// What a client sends, receives and deletes, and every answer.
    ///
    /// `zero` and `ten` decide who reads the calls: whole numbers are plain, numbers with a fraction of nothing only a
    /// decoder takes.
    private func conversation(zero: WireValue, ten: WireValue) async throws -> [WireValue] {
        let client = Client()
        let queue = try await client.json(.sqs, "CreateQueue", ["QueueName": "jobs"])["QueueUrl"] ?? .null
        let attributes: WireValue = [
            "kind": ["DataType": "String", "StringValue": "\"quoted\""],
            "raw": ["DataType": "Binary", "BinaryValue": "AAEC"],
        ]
        _ = try await client.json(
            .sqs, "SendMessage", ["QueueUrl": queue, "MessageBody": "first", "MessageAttributes": attributes])
        var answers = [
            try await client.json(
                .sqs, "SendMessage", ["QueueUrl": queue, "MessageBody": "second", "DelaySeconds": zero]),
            try await client.json(
                .sqs, "SendMessageBatch",
                [
                    "QueueUrl": queue,
                    "Entries": [
                        ["Id": "a", "MessageBody": "third", "DelaySeconds": zero],
                        ["Id": "b", "MessageBody": "\u{1}", "DelaySeconds": zero],
                    ],
                ]),
        ]
        for _ in 0..<2 {
            answers.append(
                try await client.json(
                    .sqs, "ReceiveMessage",
                    [
                        "QueueUrl": queue, "MaxNumberOfMessages": ten, "AttributeNames": ["All"],
                        "MessageAttributeNames": ["All"],
                    ]))
        }
        return answers
    }

    @Test func `answers are the same whoever reads the call and writes the answer`() async throws {
        let plain = try await conversation(zero: 0, ten: 10)
        let decoded = try await conversation(zero: 0.0, ten: 10.0)

        #expect(plain == decoded)
        #expect(plain[1].names == ["Successful", "Failed"])
        #expect(plain[2]["Messages", 0, "MessageAttributes", "raw", "BinaryValue"] == "AAEC")
        #expect(plain[3] == .empty)
    }

    @Test(arguments: [
        ("SendMessage", "MessageBody"), ("SendMessage", "QueueUrl"), ("DeleteMessage", "ReceiptHandle"),
    ])
    func `a plain call without a required member is refused as ever`(operation: String, member: String) async {
        var input: WireMap = ["QueueUrl": "jobs", "MessageBody": "text", "ReceiptHandle": "handle"]
        input = WireMap(input.entries.filter { $0.name != member })

        let answer = await Client().jsonAnswer(.sqs, operation, .map(input))

        #expect(answer.status == 400)
        #expect(answer.text.contains("The request must contain the parameter \(member)."))
    }
}
