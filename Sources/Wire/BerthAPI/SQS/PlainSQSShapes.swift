import BerthProtocols

// Sending, receiving and deleting messages: what a queue is asked for thousands of times a second.

extension QueueAddress {
    init?(plain members: inout PlainMembers) {
        guard let url = members.text("QueueUrl") else { return nil }
        self.init(url: url)
    }
}

extension MessageInput: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let body = members.text("MessageBody") else { return nil }
        members.leave("MessageAttributes")
        members.leave("MessageSystemAttributes")
        self.init(
            MessageBody: body, DelaySeconds: members.number("DelaySeconds"), MessageAttributes: nil,
            MessageSystemAttributes: nil, MessageDeduplicationId: members.text("MessageDeduplicationId"),
            MessageGroupId: members.text("MessageGroupId"))
    }
}

extension SendMessage.Input: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let queue = QueueAddress(plain: &members), let message = MessageInput(plain: &members) else { return nil }
        (QueueUrl, self.message) = (queue, message)
    }
}

extension SendMessage.Output: PlainOutput {
    var plain: WireValue? {
        var map: WireMap = ["MD5OfMessageBody": .string(MD5OfMessageBody)]
        map.append("MD5OfMessageAttributes", text: MD5OfMessageAttributes)
        map.append("MD5OfMessageSystemAttributes", text: MD5OfMessageSystemAttributes)
        map.append("MessageId", .string(MessageId))
        return .map(map)
    }
}

extension SendMessageBatch.Entry: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let id = members.text("Id"), let message = MessageInput(plain: &members) else { return nil }
        (Id, self.message) = (id, message)
    }
}

extension SendMessageBatch.Input: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let queue = QueueAddress(plain: &members),
            let entries = members.inputs("Entries", SendMessageBatch.Entry.self)
        else { return nil }
        self.init(QueueUrl: queue, Entries: entries)
    }
}

extension SendMessageBatch.Success: PlainOutput {
    var plain: WireValue? {
        var map: WireMap = ["Id": .string(Id), "MD5OfMessageBody": .string(MD5OfMessageBody)]
        map.append("MD5OfMessageAttributes", text: MD5OfMessageAttributes)
        map.append("MD5OfMessageSystemAttributes", text: MD5OfMessageSystemAttributes)
        map.append("MessageId", .string(MessageId))
        return .map(map)
    }
}

extension ReceiveMessage.Input: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let queue = QueueAddress(plain: &members) else { return nil }
        self.init(
            QueueUrl: queue, AttributeNames: members.texts("AttributeNames"),
            MessageSystemAttributeNames: members.texts("MessageSystemAttributeNames"),
            MessageAttributeNames: members.texts("MessageAttributeNames"),
            MaxNumberOfMessages: members.number("MaxNumberOfMessages"),
            VisibilityTimeout: members.number("VisibilityTimeout"), WaitTimeSeconds: members.number("WaitTimeSeconds"))
    }
}

extension ReceiveMessage.Output: PlainOutput {
    var plain: WireValue? {
        guard let Messages else { return .empty }
        return ["Messages": .list(Messages.map(\.plain))]
    }
}

extension ReceiveMessage.Message {
    fileprivate var plain: WireValue {
        var map: WireMap = [
            "MessageId": .string(MessageId), "ReceiptHandle": .string(ReceiptHandle), "MD5OfBody": .string(MD5OfBody),
            "Body": .string(Body),
        ]
        if let Attributes {
            map.append("Attributes", .map(WireMap(Attributes.map { .init(name: $0.key, value: .string($0.value)) })))
        }
        map.append("MD5OfMessageAttributes", text: MD5OfMessageAttributes)
        if let MessageAttributes {
            let attributes = MessageAttributes.map { WireMap.Entry(name: $0.key, value: $0.value.plain) }
            map.append("MessageAttributes", .map(WireMap(attributes)))
        }
        return .map(map)
    }
}

extension MessageAttributeValue {
    fileprivate var plain: WireValue {
        var map: WireMap = ["DataType": .string(DataType)]
        map.append("StringValue", text: StringValue)
        if let BinaryValue { map.append("BinaryValue", .blob(BinaryValue)) }
        return .map(map)
    }
}

extension DeleteMessage.Input: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let queue = QueueAddress(plain: &members), let handle = members.text("ReceiptHandle") else { return nil }
        self.init(QueueUrl: queue, ReceiptHandle: handle)
    }
}

extension DeleteMessageBatch.Entry: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let id = members.text("Id"), let handle = members.text("ReceiptHandle") else { return nil }
        self.init(Id: id, ReceiptHandle: handle)
    }
}

extension DeleteMessageBatch.Input: PlainInput {
    init?(plain members: inout PlainMembers) {
        guard let queue = QueueAddress(plain: &members),
            let entries = members.inputs("Entries", DeleteMessageBatch.Entry.self)
        else { return nil }
        self.init(QueueUrl: queue, Entries: entries)
    }
}

extension BatchSuccess: PlainOutput {
    var plain: WireValue? { ["Id": .string(Id)] }
}

extension BatchFailure {
    fileprivate var plain: WireValue {
        ["Id": .string(Id), "SenderFault": .bool(SenderFault), "Code": .string(Code), "Message": .string(Message)]
    }
}

extension BatchOutput: PlainOutput where Success: PlainOutput {
    var plain: WireValue? {
        var map = WireMap()
        if let Successful { map.append("Successful", .list(Successful.compactMap(\.plain))) }
        if let Failed { map.append("Failed", .list(Failed.map(\.plain))) }
        return .map(map)
    }
}
