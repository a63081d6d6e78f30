import BerthKernel

/// The metrics of namespace `AWS/SQS` (reference A.11): one datapoint a minute while the queue is active.
extension Queues {
    /// Publishes the minute that ends now, and goes on while the queue is active.
    ///
    /// A queue is active while it holds messages and for some hours after the last call that used it.
    mutating func publishMinute(of position: Int, at now: Int64) {
        let end = Instant(microseconds: now)
        let publisher = MinutePublisher(
            queue: queues[position].name, start: end - pace.minute, availableAt: end + pace(settings.metricLag))
        outbox += publisher.samples(of: queues[position], at: now, agesWhenEmpty: settings.publishesAgeWhenEmpty)
            .map(QueueEvent.sample)
        queues[position].minute = MinuteCounts()
        let isActive =
            queues[position].messages.count > 0
            || now - queues[position].touchedAt < pace(settings.activeWindow).microseconds
        queues[position].nextSampleAt = isActive ? now + pace.minute.microseconds : .max
    }
}

/// Turns what a queue holds and did into the datapoints of one minute.
private struct MinutePublisher {
    let queue: String
    /// The datapoints carry the beginning of their minute, and are seen some time after its end.
    let start: Instant
    let availableAt: Instant

    func samples(of queue: Queue, at now: Int64, agesWhenEmpty: Bool) -> [MetricSample] {
        var samples = [
            count("ApproximateNumberOfMessagesVisible", queue.messages.visibleCount),
            count("ApproximateNumberOfMessagesNotVisible", queue.messages.inFlightCount),
            count("ApproximateNumberOfMessagesDelayed", queue.messages.delayedCount),
            count("NumberOfMessagesSent", queue.minute.sent),
            count("NumberOfMessagesReceived", queue.minute.received),
            count("NumberOfMessagesDeleted", queue.minute.deleted),
            count("NumberOfEmptyReceives", queue.minute.emptyReceives),
        ]
        if let arrival = queue.messages.oldestArrival {
            samples.append(age((now - arrival) / 1_000_000))
        } else if agesWhenEmpty {
            samples.append(age(0))
        }
        if queue.minute.sent > 0 { samples.append(sentSize(queue.minute)) }
        return samples
    }

    private func count(_ metric: String, _ value: Int) -> MetricSample {
        MetricSample(identity(metric), unit: "Count", value: Double(value), at: start, availableAt: availableAt)
    }

    private func age(_ seconds: Int64) -> MetricSample {
        MetricSample(
            identity("ApproximateAgeOfOldestMessage"), unit: "Seconds", value: Double(seconds), at: start,
            availableAt: availableAt)
    }

    private func sentSize(_ minute: MinuteCounts) -> MetricSample {
        MetricSample(
            identity("SentMessageSize"), unit: "Bytes", count: Double(minute.sent), sum: Double(minute.sentBytes),
            minimum: Double(minute.smallestSent), maximum: Double(minute.largestSent), at: start,
            availableAt: availableAt)
    }

    private func identity(_ metric: String) -> MetricIdentity {
        MetricIdentity(
            namespace: "AWS/SQS", name: metric, dimensions: [.init(name: "QueueName", value: queue)])
    }
}
