import Logging

/// Runs a job for every message, and tells the queue how it ended.
struct JobRunner: Sendable {
    /// How often a message is tried to be deleted: for about half a minute, the time a queue may need to restart.
    private static let deleteAttempts = 12

    let client: QueueClient
    let slots: JobSlots
    let protection: TaskProtection
    let configuration: WorkerConfiguration
    let clock: any Clock<Duration>
    let logger: Logger
    let handler: Worker.Handler

    /// Returns when the stream has ended and no job is left.
    func run(_ messages: AsyncStream<ReceivedMessage>) async {
        await withDiscardingTaskGroup { group in
            for await message in messages {
                group.addTask { await process(message) }
            }
        }
    }

    /// A message from its receipt to its end, kept hidden while it waits for a slot, too.
    private func process(_ received: ReceivedMessage) async {
        defer { slots.finish() }
        let outcome = await withTaskGroup(of: Void.self) { group in
            group.addTask { await keepHidden(received) }
            defer { group.cancelAll() }
            return await attempt(received)
        }
        await settle(received, outcome)
    }

    private enum Outcome {
        case succeeded
        case failed
        case notBegun
    }

    private func attempt(_ received: ReceivedMessage) async -> Outcome {
        guard await slots.enter() else { return .notBegun }
        defer { slots.leave() }
        do {
            try await handler(received.message)
            return .succeeded
        } catch {
            let message = received.message
            logger.error(
                "A job failed.",
                metadata: ["message": "\(message.id)", "attempt": "\(message.receiveCount)", "error": "\(error)"])
            return .failed
        }
    }

    /// The heartbeat: renews the message's time in hiding, and the task's protection, every half of that time.
    ///
    /// A failed beat is only logged, for the next may succeed; a refused one ends it, for AWS lets no message hide
    /// longer than twelve hours and the message may have gone to another worker.
    private func keepHidden(_ received: ReceivedMessage) async {
        while (try? await clock.sleep(for: configuration.visibilityTimeout / 2)) != nil {
            await protection.protect()
            do {
                try await client.hide(received, for: configuration.visibilityTimeout)
            } catch let failure as CallFailure {
                log(failure, received)
                guard failure.isWorthRetrying else { return }
            } catch {
                return
            }
        }
    }

    private func settle(_ received: ReceivedMessage, _ outcome: Outcome) async {
        do {
            switch outcome {
            case .succeeded:
                try await Backoff(attempts: Self.deleteAttempts, clock: clock, logger: logger).retry {
                    try await client.delete(received)
                }
            case .failed:
                if let delay = configuration.retryDelay { try await client.hide(received, for: delay) }
            case .notBegun:
                try await client.hide(received, for: .zero)
            }
        } catch {
            log(error, received)
        }
    }

    private func log(_ error: any Error, _ received: ReceivedMessage) {
        logger.warning(
            "The queue was not told of a job.",
            metadata: ["message": "\(received.MessageId)", "error": "\(error)"])
    }
}
