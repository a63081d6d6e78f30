import BerthKernel
import BerthTestSupport
import Testing

@testable import BerthQueues

struct MessageContentTests {
    @Test func `size counts body and attributes in UTF-8`() throws {
        let attributes = [
            MessageAttribute(name: "né", "x"),
            MessageAttribute(name: "b", dataType: "Binary.png", value: .binary([1, 2, 3])),
        ]
        #expect(try MessageContent.check(body: "hällo") == 6)
        #expect(try MessageContent.check(body: "a", attributes: attributes) == 1 + (3 + 6 + 1) + (1 + 10 + 3))
    }

    @Test(arguments: ["\t\n\r ~", "\u{7f}", "\u{d7ff}\u{e000}\u{fffd}", "\u{10000}\u{10ffff}", "\u{ffbd}"])
    func `these characters are allowed`(body: String) throws {
        #expect(try MessageContent.check(body: body) == body.utf8.count)
    }

    @Test(arguments: ["\u{0}", "a\u{8}", "\u{b}", "\u{1f}b", "\u{fffe}", "x\u{ffff}"])
    func `these characters are refused`(body: String) throws {
        #expect(throws: Refusal.invalidMessageContents()) { try MessageContent.check(body: body) }
    }

    @Test func `an empty body is missing`() throws {
        #expect(throws: Refusal.missingParameter("MessageBody")) { try MessageContent.check(body: "") }
    }

    @Test(arguments: [
        MessageAttribute(name: "a.b", "x"), MessageAttribute(name: "größe", "x"),
        MessageAttribute(name: "n", dataType: "Number.int", "-12.5e3"),
        MessageAttribute(name: "n", dataType: "Number", String(repeating: "9", count: 38)),
        MessageAttribute(name: "t", dataType: "String.json", "{}"),
    ])
    func `these attributes are allowed`(attribute: MessageAttribute) throws {
        _ = try MessageContent.check(body: "x", attributes: [attribute])
    }

    @Test(arguments: [
        MessageAttribute(name: "", "x"), MessageAttribute(name: ".a", "x"), MessageAttribute(name: "a.", "x"),
        MessageAttribute(name: "a..b", "x"), MessageAttribute(name: "AWS.x", "x"), MessageAttribute(name: "a b", "x"),
        MessageAttribute(name: "a", dataType: "Text", "x"), MessageAttribute(name: "a", ""),
        MessageAttribute(name: "n", dataType: "Number", "twelve"),
        MessageAttribute(name: "n", dataType: "Number", "0x1"),
        MessageAttribute(name: "n", dataType: "Number", String(repeating: "9", count: 39)),
        MessageAttribute(name: "n", dataType: "Number", "1e127"),
        MessageAttribute(name: "b", dataType: "Binary", "text"),
    ])
    func `these attributes are refused`(attribute: MessageAttribute) throws {
        #expect(throws: Refusal.self) { try MessageContent.check(body: "x", attributes: [attribute]) }
    }

    @Test func `ten attributes are the most`() throws {
        let eleven = (1...11).map { MessageAttribute(name: "a\($0)", "x") }
        _ = try MessageContent.check(body: "x", attributes: Array(eleven.dropLast()))
        #expect(throws: Refusal.tooManyMessageAttributes(11)) {
            try MessageContent.check(body: "x", attributes: eleven)
        }
    }

    @Test func `the empty value's text is AWS's`() throws {
        #expect(
            throws: Refusal.invalidParameterValue(
                "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.")
        ) {
            try MessageContent.check(body: "x", attributes: [MessageAttribute(name: "ErrorDetails", "")])
        }
    }

    /// Vectors of reference H.1.
    @Test(arguments: [
        ([MessageAttribute(name: "MyAttribute", "foobar")], "adb59cd4678ea5a855436b949cd07ab6"),
        (
            [MessageAttribute(name: "timestamp", dataType: "Number", "1493147359900")],
            "235c5c510d26fb653d073faed50ae77c"
        ),
        ([MessageAttribute(name: "Foo", "Bar")], "ae7155c6026991b6d54b11589678bf9c"),
        (
            [
                MessageAttribute(name: "Help.Me", "Me"), MessageAttribute(name: "Hello", "There"),
                MessageAttribute(name: "General", "Kenobi"),
            ], "4c360f3fdafd970e05fae2f149d997f5"
        ),
        (
            [
                MessageAttribute(
                    name: "AWSTraceHeader",
                    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
            ], "5ae4d5d7636402d80f4eb6d213245a88"
        ),
        (
            [
                MessageAttribute(
                    name: "attr1", dataType: "Binary",
                    value: .binary(
                        Array("traceparent\u{1e}00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".utf8)))
            ], "8cbe4db156db8a94db8b801b7addb984"
        ),
    ])
    func `the MD5 of what is digested is AWS's`(attributes: [MessageAttribute], md5: String) {
        #expect(MD5.hex(MessageContent.digestInput(of: attributes)) == md5)
    }

    @Test func `group ids are printable and short, deduplication ids are not for standard queues`() throws {
        var queues = Queues.fixture()
        var message = OutgoingMessage(payload: .number(1), size: 1, groupID: "group 123")
        #expect(throws: Refusal.badGroupID("group 123", parameter: "MessageGroupId")) {
            try queues.send(message, to: "jobs", at: .monday)
        }
        message.groupID = "tenant-1"
        _ = try queues.send(message, to: "jobs", at: .monday)
        #expect(try queues.poll().first?.groupID == "tenant-1")
        message.deduplicationID = "X"
        #expect(throws: Refusal.deduplicationOnStandardQueue("X")) {
            try queues.send(message, to: "jobs", at: .monday)
        }
    }
}

struct MessageBatchTests {
    @Test(arguments: [
        ([], "EmptyBatchRequest"), ((1...11).map { "\($0)" }, "TooManyEntriesInBatchRequest"),
        (["a b"], "InvalidBatchEntryId"), ([""], "InvalidBatchEntryId"),
        ([String(repeating: "x", count: 81)], "InvalidBatchEntryId"), (["a", "b", "a"], "BatchEntryIdsNotDistinct"),
    ])
    func `a malformed batch is refused as a whole`(ids: [String], code: String) throws {
        let refusal = #expect(throws: Refusal.self) {
            try MessageBatch.check(ids: ids, entryType: "SendMessageBatchRequestEntry")
        }
        #expect(refusal?.code == code)
    }

    @Test func `ten distinct ids and a mebibyte together are allowed`() throws {
        try MessageBatch.check(ids: (1...10).map { "id_\($0)" }, entryType: "X")
        try MessageBatch.check(totalSize: 1_048_576)
        #expect(throws: Refusal.batchTooLong(1_048_577)) { try MessageBatch.check(totalSize: 1_048_577) }
    }
}
