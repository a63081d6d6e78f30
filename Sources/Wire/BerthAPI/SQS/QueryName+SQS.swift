import BerthProtocols

/// The maps of SQS, which its query protocol lays out flat under names of their own.
extension QueryName {
    static let attributes = flatMap("Attribute", key: "Name", value: "Value")
    static let messageAttributes = flatMap("MessageAttribute", key: "Name", value: "Value")
    static let messageSystemAttributes = flatMap("MessageSystemAttribute", key: "Name", value: "Value")
    static let tags = flatMap("Tag", key: "Key", value: "Value")
}
