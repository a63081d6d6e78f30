/// A message of the queue: one job.
public struct Message: Sendable, Hashable {
    /// The same for every delivery of this message.
    ///
    /// A standard queue may deliver it again even after success, so a job that must not be done twice remembers it.
    public let id: String
    public let body: String
    /// Attributes that the sender gave, by name.
    public let attributes: [String: MessageAttribute]
    /// How often this message has been received, this time included: 1 for the first attempt.
    public let receiveCount: Int

    public init(id: String, body: String, attributes: [String: MessageAttribute] = [:], receiveCount: Int = 1) {
        self.id = id
        self.body = body
        self.attributes = attributes
        self.receiveCount = receiveCount
    }
}

/// The value of a message attribute with its type.
public struct MessageAttribute: Sendable, Hashable {
    /// `String`, `Number` or `Binary`, perhaps with a label of the sender's behind a dot.
    public let dataType: String
    /// The value of a string or number, as text.
    public let text: String?
    /// The value of a binary attribute.
    public let bytes: [UInt8]?

    public init(dataType: String, text: String? = nil, bytes: [UInt8]? = nil) {
        self.dataType = dataType
        self.text = text
        self.bytes = bytes
    }
}
