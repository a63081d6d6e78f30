/// What the reference leaves uncertain about SQS, or what a local developer may want to switch off.
package struct QueueSettings: Hashable, Codable, Sendable {
    /// How long after the end of its minute a datapoint can first be seen.
    ///
    /// Paced; observed between 35 and 95 s.
    package var metricLag: Duration = .seconds(75)
    /// How long a queue without messages keeps publishing metrics after the last call that changed it.
    ///
    /// Paced.
    package var activeWindow: Duration = .seconds(6 * 3_600)
    /// How long a queue that had stopped publishing takes to start again.
    ///
    /// Up to 15 minutes on AWS. Paced.
    package var reactivationLag: Duration = .zero
    /// Whether an empty queue publishes an age of 0, as older AWS pages say, or none, as the current page says.
    package var publishesAgeWhenEmpty = false
    /// How long a deleted queue's name stays taken; zero switches the rule off.
    ///
    /// Paced.
    package var recreateDelay: Duration = .seconds(60)
    /// The least time between two purges of a queue; zero switches the rule off.
    ///
    /// Paced.
    package var purgeInterval: Duration = .seconds(60)
    /// From this many receives on, a returning message goes to the back and no longer counts as the oldest.
    package var poisonReceives = 3
    /// How many messages may be in flight before receives find nothing.
    package var inFlightLimit = QueueLimits.inFlight

    package init() {}
}
