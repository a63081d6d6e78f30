import BerthProtocols

/// A message as ReceiveMessage hands it out, in the model's own spelling.
struct ReceivedMessage: Decodable, Hashable, Sendable {
    struct Attribute: Decodable, Hashable, Sendable {
        let DataType: String
        let StringValue: String?
        let BinaryValue: [UInt8]?
    }

    let MessageId: String
    let ReceiptHandle: String
    let Body: String
    let Attributes: [String: String]?
    let MessageAttributes: [String: Attribute]?

    /// What the handler sees of it.
    var message: Message {
        Message(
            id: MessageId, body: Body,
            attributes: (MessageAttributes ?? [:]).mapValues {
                MessageAttribute(dataType: $0.DataType, text: $0.StringValue, bytes: $0.BinaryValue)
            },
            receiveCount: Attributes?["ApproximateReceiveCount"].flatMap { Int($0) } ?? 1)
    }
}

struct ReceiveOutput: Decodable {
    /// Absent when there are none.
    let Messages: [ReceivedMessage]?
}
