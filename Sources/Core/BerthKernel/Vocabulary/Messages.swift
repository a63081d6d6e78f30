/// Where a driver keeps the bytes of a message's body and attributes.
///
/// No decision reads a body, so the core holds only this reference: a queue of a million messages costs
/// what its bookkeeping costs.
public struct PayloadRef: Hashable, Codable, Sendable {
    public let segment: UInt64
    public let offset: UInt32
    public let length: UInt32

    public init(segment: UInt64, offset: UInt32, length: UInt32) {
        self.segment = segment
        self.offset = offset
        self.length = length
    }
}

/// A message as ReceiveMessage hands it out, its body still with the driver.
public struct ReceivedMessage: Hashable, Codable, Sendable {
    public let id: MessageID
    public let payload: PayloadRef
    /// New with every receive; opaque to callers.
    public let receiptHandle: String
    public let sentAt: Instant
    public let firstReceivedAt: Instant
    public let receiveCount: Int
    public let groupID: String?
    /// The queue the message came from, when it was moved here by a redrive policy.
    public let deadLetterSourceARN: String?

    public init(
        id: MessageID, payload: PayloadRef, receiptHandle: String, sentAt: Instant, firstReceivedAt: Instant,
        receiveCount: Int, groupID: String?, deadLetterSourceARN: String?
    ) {
        self.id = id
        self.payload = payload
        self.receiptHandle = receiptHandle
        self.sentAt = sentAt
        self.firstReceivedAt = firstReceivedAt
        self.receiveCount = receiveCount
        self.groupID = groupID
        self.deadLetterSourceARN = deadLetterSourceARN
    }
}
