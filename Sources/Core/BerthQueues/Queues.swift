package import BerthKernel
import OrderedCollections

/// Every SQS queue of an account and region.
///
/// Queues are keyed by name. Bodies are not here: a message is its bookkeeping and a ``PayloadRef``. Calls that take
/// an instant expect the machine to have been advanced to it. Times of messages are never paced; the minute of
/// metrics and the 60-second rules of purging and re-creating are.
package struct Queues: Equatable, Sendable {
    package let tenancy: Tenancy
    package let pace: Pace
    package let settings: QueueSettings

    /// In order of creation.
    var queues: [Queue] = []
    /// Where each queue is in `queues`.
    ///
    /// Looked up, never iterated.
    var positions: [String: Int] = [:]
    var deadlines = DeadlineTree()
    /// When the names of deleted queues may be used again.
    var deletedNames: OrderedDictionary<String, Instant> = [:]
    /// The queue at which each long poll waits.
    ///
    /// Looked up, never iterated.
    var waiterQueues: [UInt64: String] = [:]
    var messageIDs: RandomStream
    var queueTags: RandomStream
    var moveTaskIDs: RandomStream

    var outbox: [QueueEvent] = []
    /// Bodies to release, gathered so that a drain gives them out in one piece.
    var released: [PayloadRef] = []

    package init(tenancy: Tenancy, pace: Pace, seed: UInt64, settings: QueueSettings = .init()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
        messageIDs = RandomStream(seed: seed, purpose: "queues.message")
        queueTags = RandomStream(seed: seed, purpose: "queues.tag")
        moveTaskIDs = RandomStream(seed: seed, purpose: "queues.moveTask")
    }

    /// The next moment at which time alone changes something.
    package var nextDeadline: Instant? {
        deadlines.earliest == .max ? nil : Instant(microseconds: deadlines.earliest)
    }

    /// Lets delays, visibility timeouts, retention, long polls, move tasks and minutes take their course.
    package mutating func advance(to now: Instant) {
        while deadlines.earliest <= now.microseconds {
            meetDeadline(of: deadlines.indexOfEarliest, at: deadlines.earliest)
        }
    }

    /// What happened since this was last asked, in order; releases come last.
    package mutating func drain() -> [QueueEvent] {
        if !released.isEmpty {
            outbox.append(.released(released))
            released = []
        }
        defer { outbox = [] }
        return outbox
    }

    /// A minute is published before anything else at its end, so that it holds what happened before that.
    private mutating func meetDeadline(of position: Int, at now: Int64) {
        if queues[position].nextSampleAt <= now { publishMinute(of: position, at: now) }
        _ = queues[position].messages.showDue(at: now)
        queues[position].messages.settle()
        expire(position, at: now)
        runMoveTask(of: position, at: now)
        serveWaiters(at: position, now)
        endPolls(at: position, now)
        noteDeadline(of: position)
    }

    /// To be called last by everything that changes a queue.
    mutating func noteDeadline(of position: Int) {
        deadlines[position] = queues[position].nextDeadline
    }

    func position(of name: String) throws(Refusal) -> Int {
        guard let position = positions[name] else { throw .queueDoesNotExist() }
        return position
    }

    /// Makes the queue count as active, and starts its metrics if they had stopped.
    mutating func touch(_ position: Int, at now: Instant) {
        queues[position].touchedAt = now.microseconds
        guard queues[position].nextSampleAt == .max else { return }
        let start = now + pace(settings.reactivationLag)
        queues[position].nextSampleAt = (start.floored(to: pace.minute) + pace.minute).microseconds
    }

    mutating func expire(_ position: Int, at now: Int64) {
        let dropped = queues[position].expire(at: now)
        guard !dropped.isEmpty else { return }
        released += dropped
        let retention = queues[position].attributes.retentionSeconds
        decide(
            position, now,
            "Dropped \(dropped.count) \(dropped.count == 1 ? "message" : "messages") from queue "
                + "\(queues[position].name): sent \(retention) s ago, the queue's retention period.")
    }

    mutating func decide(_ position: Int, _ now: Int64, _ sentence: String) {
        outbox.append(
            .decided(
                Decision(
                    instant: Instant(microseconds: now), kind: .queue, subject: queues[position].name,
                    sentence: sentence)))
    }
}

// MARK: - Snapshots

extension Queues: Codable {
    private enum CodingKeys: CodingKey {
        case tenancy, pace, settings, queues, deletedNames, messageIDs, queueTags, moveTaskIDs
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tenancy = try container.decode(Tenancy.self, forKey: .tenancy)
        pace = try container.decode(Pace.self, forKey: .pace)
        settings = try container.decode(QueueSettings.self, forKey: .settings)
        queues = try container.decode([Queue].self, forKey: .queues)
        deletedNames = try container.decode(OrderedDictionary<String, Instant>.self, forKey: .deletedNames)
        messageIDs = try container.decode(RandomStream.self, forKey: .messageIDs)
        queueTags = try container.decode(RandomStream.self, forKey: .queueTags)
        moveTaskIDs = try container.decode(RandomStream.self, forKey: .moveTaskIDs)
        indexQueues()
        for queue in queues {
            for waiter in queue.waiting.inOrder { waiterQueues[waiter.id] = queue.name }
        }
    }

    /// Events must have been drained: a snapshot is of a world at rest.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tenancy, forKey: .tenancy)
        try container.encode(pace, forKey: .pace)
        try container.encode(settings, forKey: .settings)
        try container.encode(queues, forKey: .queues)
        try container.encode(deletedNames, forKey: .deletedNames)
        try container.encode(messageIDs, forKey: .messageIDs)
        try container.encode(queueTags, forKey: .queueTags)
        try container.encode(moveTaskIDs, forKey: .moveTaskIDs)
    }

    /// Rebuilds what follows from the list of queues.
    mutating func indexQueues() {
        positions = [:]
        for (position, queue) in queues.enumerated() { positions[queue.name] = position }
        deadlines = DeadlineTree(queues.map(\.nextDeadline))
    }
}
