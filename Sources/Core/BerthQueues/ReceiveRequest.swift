package import BerthKernel

/// One ReceiveMessage call.
package struct ReceiveRequest: Hashable, Codable, Sendable {
    package var queue: String
    /// The most messages to hand out, 1 to 10.
    package var limit: Int
    /// Overrides the queue's visibility timeout; zero hands messages out and leaves them visible.
    package var visibilityTimeout: Int?
    /// Overrides the queue's wait time; zero makes this a short poll.
    package var waitSeconds: Int?
    /// The number under which the answer comes if the poll has to wait.
    ///
    /// Unique among waiting polls.
    package var waiter: UInt64
    /// The task that asks, so that a task stopped while it holds messages can be told from an idle one.
    package var holder: TaskID?

    package init(
        queue: String, limit: Int = 1, visibilityTimeout: Int? = nil, waitSeconds: Int? = nil, waiter: UInt64 = 0,
        holder: TaskID? = nil
    ) {
        self.queue = queue
        self.limit = limit
        self.visibilityTimeout = visibilityTimeout
        self.waitSeconds = waitSeconds
        self.waiter = waiter
        self.holder = holder
    }
}

/// The answer to a receive: now, or later through ``QueueEvent/received(waiter:_:)``.
package enum ReceiveOutcome: Hashable, Sendable {
    /// Possibly none, after a short poll.
    case messages([ReceivedMessage])
    case waiting
}
