/// How a ``Worker`` takes messages and when it stops.
public struct WorkerConfiguration: Sendable {
    /// How many jobs run at the same time.
    public var concurrency = 1

    /// How many messages are taken at a time, at most 10; `nil` means as many as jobs can start at once.
    ///
    /// With more than ``concurrency``, messages wait in the worker until it is their turn: hidden from other
    /// workers, kept hidden by the heartbeat, counted in flight by the queue's metrics, and given back when the
    /// worker drains. That saves calls for short jobs; for long ones leave it `nil`.
    public var batchSize: Int?

    /// How long a poll waits for messages, at most 20 seconds.
    public var waitTime: Duration = .seconds(20)

    /// How long a message stays hidden after the last sign of life of its worker, from 2 seconds to 12 hours.
    ///
    /// Not how long a job may take: a heartbeat renews it every half of this time. Short values bring the
    /// message of a crashed worker back sooner, at the price of more calls.
    public var visibilityTimeout: Duration = .seconds(30)

    /// Stops the worker after this many polls in a row brought nothing while no job was running.
    ///
    /// For tasks that a scaling policy starts and that end by themselves. `nil`, the default, polls for ever.
    public var exitAfterEmptyPolls: Int?

    /// Brings the message of a failed job back after this time; `nil` leaves it to the visibility timeout.
    public var retryDelay: Duration?

    /// Protects the ECS task from scale-in while it has jobs, where the ECS agent offers that.
    ///
    /// - AWS: ECS Developer Guide, *Task scale-in protection endpoint*.
    public var protectsTask = true

    public init() {}
}
