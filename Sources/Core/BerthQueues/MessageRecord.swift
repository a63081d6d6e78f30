import BerthKernel

/// What a queue knows of one message: a slot of fixed size in a ``MessageStore``.
///
/// Times are microseconds since the epoch, because this is what every send and receive touches.
struct MessageRecord: Equatable, Sendable {
    enum State: UInt8, Sendable {
        case free, delayed, visible, inFlight
    }

    var id = MessageID(high: 0, low: 0)
    /// The order of arrival in this queue.
    ///
    /// Never used twice, so it also tells messages of one slot apart.
    var sequence: UInt64 = 0
    /// Where the message stands among visible ones; its sequence, unless it went to the back.
    var position: UInt64 = 0
    /// Retention counts from here; a dead letter keeps the moment of its original send.
    var sentAt: Int64 = 0
    var arrivedAt: Int64 = 0
    /// Meaningful once `receiveCount` is positive.
    var firstReceivedAt: Int64 = 0
    var receivedAt: Int64 = 0
    /// When a delayed or in-flight message becomes visible.
    var visibleAt: Int64 = 0
    var payload = PayloadRef(segment: 0, offset: 0, length: 0)
    /// The task that received it last; all zeros for none.
    var holder = MessageRecord.nobody
    var receiveCount: UInt32 = 0
    /// Receives before the message came to this queue.
    var receivesElsewhere: UInt32 = 0
    /// The queue it was dead-lettered from, as a number of ``MessageStore``; 0 for none.
    var source: UInt32 = 0
    /// Changes with every change of state or timeout, so that only the newest entry in an order counts.
    var stamp: UInt32 = 0
    var state = State.free
    var hasGroup = false

    static let nobody = TaskID(high: 0, low: 0)

    var receivesHere: UInt32 { receiveCount - receivesElsewhere }
}

/// A message on its way into a queue: sent, dead-lettered or moved back.
struct MessageArrival: Sendable {
    var id: MessageID
    var payload: PayloadRef
    var sentAt: Int64
    var firstReceivedAt: Int64 = 0
    var receiveCount: UInt32 = 0
    var groupID: String?
    var sourceARN: String?
    /// Until when the message stays invisible; not at all when that is not later than the arrival.
    var visibleAt: Int64
}
