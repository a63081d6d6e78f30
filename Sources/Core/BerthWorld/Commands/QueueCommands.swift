package import BerthKernel
package import BerthQueues

/// Puts messages into a queue, each for itself: one that is refused does not hold up the others.
package struct SendMessages: Command {
    package static let name = "sqs.SendMessages"

    package let queue: String
    package var messages: [OutgoingMessage]
    /// Whether they came in a batch, where AWS words some refusals differently.
    package let isBatch: Bool

    package init(queue: String, messages: [OutgoingMessage], isBatch: Bool = false) {
        self.queue = queue
        self.messages = messages
        self.isBatch = isBatch
    }

    package mutating func store(payloads: [PayloadRef]) {
        for index in messages.indices { messages[index].payload = payloads[index] }
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> [Result<SentMessage, Refusal>] {
        guard world.queues.exists(queue) else { throw .queueDoesNotExist() }
        var refused: [PayloadRef] = []
        let results = messages.map { message in
            let result = Result { () throws(Refusal) in
                try world.queues.send(message, to: queue, at: now, inBatch: isBatch)
            }
            if case .failure = result { refused.append(message.payload) }
            return result
        }
        // The driver stored every body of the batch; nothing refers to these.
        if !refused.isEmpty { world.effects.append(.releasePayloads(refused)) }
        return results
    }
}

/// Takes messages from a queue, or waits for them under the request's waiter number.
package struct ReceiveMessages: WaitingCommand {
    package static let name = "sqs.ReceiveMessages"

    package private(set) var request: ReceiveRequest

    package init(request: ReceiveRequest) {
        self.request = request
    }

    package var waiter: UInt64 {
        get { request.waiter }
        set { request.waiter = newValue }
    }

    package var cancellation: CancelReceives { CancelReceives(waiter: waiter) }

    package static func messages(in reply: ReceiveOutcome) -> [ReceivedMessage]? {
        guard case .messages(let messages) = reply else { return nil }
        return messages
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ReceiveOutcome {
        try world.queues.receive(request, at: now)
    }
}

/// Forgets waiters whose callers are gone: one, or all after a restart.
package struct CancelReceives: Command {
    package static let name = "sqs.CancelReceives"

    /// The waiter to forget, or `nil` for every one.
    package let waiter: UInt64?

    package init(waiter: UInt64?) {
        self.waiter = waiter
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        if let waiter { world.queues.cancelWaiter(waiter) } else { world.queues.cancelAllWaiters() }
    }
}

/// Deletes messages by receipt handle, each for itself.
package struct DeleteMessages: Command {
    package static let name = "sqs.DeleteMessages"

    package let queue: String
    package let handles: [String]

    package init(queue: String, handles: [String]) {
        self.queue = queue
        self.handles = handles
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> [Result<Void, Refusal>] {
        guard world.queues.exists(queue) else { throw .queueDoesNotExist() }
        return handles.map { handle in
            Result { () throws(Refusal) in try world.queues.deleteMessage(handle: handle, from: queue, at: now) }
        }
    }
}

/// Sets the visibility timeout of messages by receipt handle, each for itself.
package struct ChangeVisibilities: Command {
    package static let name = "sqs.ChangeVisibilities"

    package struct Entry: Codable, Sendable, Equatable {
        package let handle: String
        package let seconds: Int

        package init(handle: String, seconds: Int) {
            self.handle = handle
            self.seconds = seconds
        }
    }

    package let queue: String
    package let entries: [Entry]

    package init(queue: String, entries: [Entry]) {
        self.queue = queue
        self.entries = entries
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> [Result<Void, Refusal>] {
        guard world.queues.exists(queue) else { throw .queueDoesNotExist() }
        return entries.map { entry in
            Result { () throws(Refusal) in
                try world.queues.changeVisibility(handle: entry.handle, to: entry.seconds, in: queue, at: now)
            }
        }
    }
}
