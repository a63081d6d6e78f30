package import BerthKernel

extension Queues {
    /// Puts a message into a queue, or hands it straight to a waiting poll.
    ///
    /// A batch is one call for each entry. `inBatch` only chooses between two texts of the same refusal.
    package mutating func send(
        _ message: OutgoingMessage, to name: String, at now: Instant, inBatch: Bool = false
    ) throws(Refusal) -> SentMessage {
        let position = try position(of: name)
        try check(message, for: queues[position].attributes, inBatch: inBatch)
        let id = MessageID(from: &messageIDs)
        let delay = Int64(message.delaySeconds ?? queues[position].attributes.delaySeconds) * 1_000_000
        let arrival = MessageArrival(
            id: id, payload: message.payload, sentAt: now.microseconds, groupID: message.groupID,
            visibleAt: now.microseconds + delay)
        let sequence = queues[position].messages.add(arrival, at: now.microseconds)
        queues[position].messages.settle()
        queues[position].totals.sent += 1
        queues[position].minute.countSent(size: message.size)
        touch(position, at: now)
        serveWaiters(at: position, now.microseconds)
        noteDeadline(of: position)
        return SentMessage(id: id, sequence: sequence)
    }

    private func check(
        _ message: OutgoingMessage, for attributes: QueueAttributes, inBatch: Bool
    ) throws(Refusal) {
        if let id = message.deduplicationID { throw .deduplicationOnStandardQueue(id) }
        if let group = message.groupID { try MessageContent.checkGroupID(group) }
        if let delay = message.delaySeconds, !QueueLimits.delaySeconds.contains(delay) { throw .delayOutOfRange(delay) }
        guard message.size <= attributes.maximumMessageSize else {
            throw .messageTooLong(limit: attributes.maximumMessageSize, inBatch: inBatch)
        }
    }

    /// Deletes the message a handle was given out for, whether its visibility timeout is over or not.
    ///
    /// Deleting what is gone already succeeds. A handle superseded by a later receive still deletes: AWS promises
    /// neither, and a worker that finished late has finished all the same.
    package mutating func deleteMessage(
        handle: String, from name: String, at now: Instant
    ) throws(Refusal) {
        let position = try position(of: name)
        let slot = try queues[position].slot(of: handle)
        touch(position, at: now)
        queues[position].totals.deleted += slot == nil ? 0 : 1
        queues[position].minute.deleted += 1
        if let slot {
            released.append(queues[position].messages.remove(slot).payload)
            queues[position].messages.settle()
            serveWaiters(at: position, now.microseconds)
        }
        noteDeadline(of: position)
    }

    /// Hides a received message for `seconds` from now, whatever was left of its old timeout; 0 shows it at once.
    ///
    /// The time since the receive and the new timeout together may not exceed 12 hours: that is refused, not
    /// shortened. A message whose timeout is over is hidden again.
    package mutating func changeVisibility(
        handle: String, to seconds: Int, in name: String, at now: Instant
    ) throws(Refusal) {
        let position = try position(of: name)
        guard QueueLimits.visibilitySeconds.contains(seconds) else { throw .visibilityOutOfRange(seconds) }
        guard let slot = try queues[position].slot(of: handle) else { throw .visibilityOfMissingMessage(handle) }
        let record = queues[position].messages[slot]
        let visibleAt = now.microseconds + Int64(seconds) * 1_000_000
        guard visibleAt - record.receivedAt <= Int64(QueueLimits.visibilitySeconds.upperBound) * 1_000_000 else {
            throw .totalVisibility(seconds)
        }
        touch(position, at: now)
        if seconds > 0 {
            queues[position].messages.hide(slot, until: visibleAt)
        } else if record.state == .inFlight {
            queues[position].messages.show(slot)
        }
        queues[position].messages.settle()
        serveWaiters(at: position, now.microseconds)
        noteDeadline(of: position)
    }

    /// How many undeleted messages are in flight that this task received: the work lost if it stopped now.
    package func heldCount(by task: TaskID) -> Int {
        queues.reduce(0) { $0 + $1.messages.heldCount(by: task) }
    }

    /// Exact numbers at this moment, for reports; `now` only dates the age of the oldest message.
    package func statistics(of name: String, at now: Instant) throws(Refusal) -> QueueStatistics {
        queues[try position(of: name)].statistics(at: now)
    }
}
