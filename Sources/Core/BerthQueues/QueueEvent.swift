package import BerthKernel

/// What queues tell the world.
package enum QueueEvent: Hashable, Codable, Sendable {
    /// Answers the long poll that waits under this number; with nothing, at its deadline or when its queue is deleted.
    case received(waiter: UInt64, [ReceivedMessage])
    /// No message refers to these bodies any more.
    case released([PayloadRef])
    case sample(MetricSample)
    case decided(Decision)
}
