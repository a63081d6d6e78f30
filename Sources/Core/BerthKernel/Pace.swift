/// How much faster than AWS the control plane runs: 1 is truth, 60 turns an AWS minute into a second.
///
/// Machines of the control plane ask it for every duration they wait (metric periods, alarms, cooldowns,
/// warm-up, boot). Queues and tasks never do, so a worker's visibility timeout stays what it is.
public struct Pace: Hashable, Codable, Sendable {
    public let factor: Int

    /// - Precondition: `factor` is 1 to 60; a control-plane minute must remain whole milliseconds.
    public init(factor: Int) {
        precondition((1...60).contains(factor), "a pace is between 1 and 60")
        self.factor = factor
    }

    public static let truth = Pace(factor: 1)

    /// The world time that stands for an AWS duration.
    public func callAsFunction(_ duration: Duration) -> Duration {
        factor == 1 ? duration : .microseconds(duration.microseconds / Int64(factor))
    }

    /// The world time of one AWS minute: the step of metrics, alarms and managed scaling.
    public var minute: Duration { self(.seconds(60)) }
}
