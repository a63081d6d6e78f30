package import BerthKernel

/// A message to send, its content checked by ``MessageContent`` and stored by the driver.
package struct OutgoingMessage: Hashable, Codable, Sendable {
    package var payload: PayloadRef
    /// Bytes of body and attributes as SQS counts them: what ``MessageContent/check(body:attributes:)`` returned.
    package var size: Int
    /// Overrides the queue's delay, zero included.
    package var delaySeconds: Int?
    package var groupID: String?
    package var deduplicationID: String?

    package init(
        payload: PayloadRef, size: Int, delaySeconds: Int? = nil, groupID: String? = nil, deduplicationID: String? = nil
    ) {
        self.payload = payload
        self.size = size
        self.delaySeconds = delaySeconds
        self.groupID = groupID
        self.deduplicationID = deduplicationID
    }
}

/// What the sender of a message learns.
package struct SentMessage: Hashable, Codable, Sendable {
    package let id: MessageID
    /// The message's place in its queue's order of arrival; grows by one with each arrival.
    package let sequence: UInt64
}
