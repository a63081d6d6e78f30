package import BerthKernel

/// Something the world wants done outside itself.
///
/// Performing an effect twice is harmless, and an outcome that arrives late is recognized by its
/// generation and ignored. After a crash the effects of the last moments are produced again by the replay.
package enum Effect: Hashable, Sendable {
    case startTask(TaskLaunch)
    case stopTask(TaskID, generation: Int)
    /// Answers the long poll that waits under this number, possibly with nothing.
    case answerReceive(waiter: UInt64, [ReceivedMessage])
    /// No message refers to these bodies any more.
    case releasePayloads([PayloadRef])
    /// Something worth showing to whoever watches.
    case announce(Decision)
}
