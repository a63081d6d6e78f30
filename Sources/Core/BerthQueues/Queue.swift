import BerthKernel
import OrderedCollections

/// One standard queue: its attributes, its messages and who waits for them.
///
/// It knows nothing of other queues. What a queue does to another, ``Queues`` carries over.
struct Queue: Equatable, Codable, Sendable {
    let name: String
    let arn: String
    /// Told by receipt handles; a queue created again under the same name has another one.
    let tag: UInt64
    let createdAt: Instant
    var modifiedAt: Instant
    var attributes: QueueAttributes
    /// The name behind the redrive policy's ARN, kept because every receive asks for it.
    var deadLetterTarget: String?
    var tags: OrderedDictionary<String, String>
    var messages: MessageStore
    var waiting = WaitingLine()
    var moveTasks: [MoveTask] = []
    var purgedAt: Instant?

    var totals = QueueTotals()
    var waits = LatencyHistogram()
    var minute = MinuteCounts()
    /// The last call that changed or asked this queue.
    ///
    /// Metrics flow while that is recent.
    var touchedAt: Int64
    /// The end of the minute to publish next; `Int64.max` while the queue is inactive.
    var nextSampleAt: Int64 = .max

    /// The next moment at which time alone changes something here; `Int64.max` for never.
    var nextDeadline: Int64 {
        min(
            min(messages.nextReturn, nextExpiry), min(waiting.nextDeadline, nextSampleAt),
            moveTasks.last?.nextMoveAt ?? .max)
    }

    private var nextExpiry: Int64 {
        messages.oldestSentAt.map { $0 + Int64(attributes.retentionSeconds) * 1_000_000 } ?? .max
    }

    /// Drops what is older than the retention period and returns where the bodies are.
    ///
    /// Counted from the original send, in flight or not.
    mutating func expire(at now: Int64) -> [PayloadRef] {
        var released: [PayloadRef] = []
        let horizon = now - Int64(attributes.retentionSeconds) * 1_000_000
        while let record = messages.removeOldest(sentBy: horizon) { released.append(record.payload) }
        totals.expired += released.count
        return released
    }

    func statistics(at now: Instant) -> QueueStatistics {
        QueueStatistics(
            totals: totals, waits: waits, depth: messages.visibleCount, inFlight: messages.inFlightCount,
            delayed: messages.delayedCount,
            oldestAge: messages.oldestArrival.map { .microseconds(now.microseconds - $0) })
    }
}

/// What happened in the minute that has not been published yet.
struct MinuteCounts: Equatable, Codable, Sendable {
    var sent = 0
    var received = 0
    var deleted = 0
    var emptyReceives = 0
    var sentBytes = 0
    var smallestSent = 0
    var largestSent = 0

    mutating func countSent(size: Int) {
        smallestSent = sent == 0 ? size : min(smallestSent, size)
        largestSent = max(largestSent, size)
        sent += 1
        sentBytes += size
    }
}
