import BerthKernel

extension Queue {
    /// What one receive took: messages for the caller and messages that had been received too often.
    struct Taking {
        var received: [ReceivedMessage] = []
        var deadLetters: [MessageArrival] = []
    }

    /// Takes up to `limit` visible messages and hides them for `seconds`; zero leaves them visible.
    ///
    /// A message whose next receive would exceed the redrive policy's count is not handed out but leaves for the
    /// dead-letter queue, and does not count against `limit`. So nothing moves while nobody asks.
    mutating func take(
        limit: Int, hiddenFor seconds: Int, holder: TaskID?, deadLettering: Bool, at now: Int64
    ) -> Taking {
        var taking = Taking()
        var shownAgain: [UInt32] = []
        let maxReceives = deadLettering ? attributes.redrive.map { UInt32($0.maxReceiveCount) } : nil
        while taking.received.count < limit, let slot = messages.takeFirstVisible() {
            if let maxReceives, messages[slot].receiveCount >= maxReceives {
                taking.deadLetters.append(deadLetter(slot, at: now))
                continue
            }
            messages.noteReceive(slot, by: holder, at: now)
            taking.received.append(handOut(slot, at: now))
            if seconds > 0 {
                messages.hide(slot, until: now + Int64(seconds) * 1_000_000)
            } else {
                shownAgain.append(slot)
            }
        }
        for slot in shownAgain { messages.show(slot) }
        messages.settle()
        totals.received += taking.received.count
        minute.received += taking.received.count
        totals.deadLettered += taking.deadLetters.count
        return taking
    }

    private mutating func handOut(_ slot: UInt32, at now: Int64) -> ReceivedMessage {
        let record = messages[slot]
        if record.receiveCount == 1 { waits.record(microseconds: now - record.sentAt) }
        let handle = ReceiptHandle(
            queueTag: tag, sequence: record.sequence, slot: slot, receive: record.receiveCount)
        return ReceivedMessage(
            id: record.id, payload: record.payload, receiptHandle: handle.text,
            sentAt: Instant(microseconds: record.sentAt),
            firstReceivedAt: Instant(microseconds: record.firstReceivedAt), receiveCount: Int(record.receiveCount),
            groupID: messages.groupID(of: slot), deadLetterSourceARN: messages.sourceARN(of: slot))
    }

    /// Id, send time and receive count go along; only the place is new.
    private mutating func deadLetter(_ slot: UInt32, at now: Int64) -> MessageArrival {
        let group = messages.groupID(of: slot)
        let record = messages.remove(slot)
        return MessageArrival(
            id: record.id, payload: record.payload, sentAt: record.sentAt, firstReceivedAt: record.firstReceivedAt,
            receiveCount: record.receiveCount, groupID: group, sourceARN: arn, visibleAt: now)
    }

    /// The slot of the message that `text` was given out for, or `nil` when the message is gone.
    ///
    /// Handles of earlier receives name the message as well as the newest does.
    func slot(of text: String) throws(Refusal) -> UInt32? {
        guard let handle = ReceiptHandle(text), handle.queueTag == tag else { throw .badReceiptHandle(text) }
        return messages.slot(handle.slot, holds: handle.sequence) ? handle.slot : nil
    }
}
