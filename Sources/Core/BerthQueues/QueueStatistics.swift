/// What a queue has done since its creation and what it holds now.
///
/// Exact, unlike AWS's approximate counts.
package struct QueueStatistics: Hashable, Sendable {
    package let totals: QueueTotals
    /// From sent to first received, of every message ever received from this queue.
    package let waits: LatencyHistogram
    /// Messages that a receive would find.
    package let depth: Int
    package let inFlight: Int
    package let delayed: Int
    /// How long the oldest message has been here, poison messages left out; `nil` when there is none.
    package let oldestAge: Duration?
}

/// Counts since a queue's creation.
///
/// A message received twice counts twice.
package struct QueueTotals: Hashable, Codable, Sendable {
    package internal(set) var sent = 0
    package internal(set) var received = 0
    package internal(set) var deleted = 0
    /// Messages that left for the dead-letter queue.
    package internal(set) var deadLettered = 0
    /// Messages dropped because their retention period was over.
    package internal(set) var expired = 0
}
