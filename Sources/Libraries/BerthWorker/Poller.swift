import Logging

/// Asks the queue for messages whenever a job could start.
struct Poller: Sendable {
    let client: QueueClient
    let slots: JobSlots
    let protection: TaskProtection
    let configuration: WorkerConfiguration
    let clock: any Clock<Duration>
    let logger: Logger

    /// Polls until it is cancelled, the slots are closed, or the worker has been idle for as long as configured.
    ///
    /// A queue that fails or cannot be reached is asked again, ever less often, without end: the worker's place is
    /// beside its queue, and whoever started it decides when to give up.
    func run(into feed: AsyncStream<ReceivedMessage>.Continuation) async throws {
        var emptyPolls = 0
        while true {
            let vacancies = await slots.vacancies()
            guard vacancies > 0 else { return }
            // An idle task must not stay protected for as long as a long poll lasts: look first, then let go and wait.
            let isProtected = await protection.isHeld
            let isGlance = slots.isIdle && isProtected
            let messages = try await receive(
                limit: min(10, configuration.batchSize ?? vacancies), wait: isGlance ? .zero : configuration.waitTime)
            if !messages.isEmpty {
                emptyPolls = 0
                await protection.protect()
                slots.announce(messages.count)
                for message in messages { feed.yield(message) }
            } else if isGlance {
                await protection.release()
            } else if slots.isIdle {
                emptyPolls += 1
                if emptyPolls == configuration.exitAfterEmptyPolls { return }
            } else {
                emptyPolls = 0
            }
        }
    }

    private func receive(limit: Int, wait: Duration) async throws -> [ReceivedMessage] {
        try await Backoff(attempts: nil, clock: clock, logger: logger).retry {
            try await client.receive(
                limit: limit, wait: wait, visibility: configuration.visibilityTimeout)
        }
    }
}
