package import BerthKernel

extension Queues {
    /// Takes up to the asked number of messages, or starts to wait for the first one.
    ///
    /// A poll that waits is answered as soon as there is one message, not when there are as many as it asked for.
    package mutating func receive(_ request: ReceiveRequest, at now: Instant) throws(Refusal) -> ReceiveOutcome {
        let position = try position(of: request.queue)
        try check(request)
        let wait = request.waitSeconds ?? queues[position].attributes.waitSeconds
        let isFull = queues[position].messages.inFlightCount >= settings.inFlightLimit
        if isFull && wait == 0 { throw .tooManyInFlight() }

        touch(position, at: now)
        let taking = take(
            from: position, limit: request.limit, visibility: request.visibilityTimeout, holder: request.holder,
            at: now.microseconds)
        deliver(taking.deadLetters, from: position, at: now.microseconds, hops: 0)
        defer { noteDeadline(of: position) }
        if !taking.received.isEmpty { return .messages(taking.received) }
        guard wait > 0 else {
            queues[position].minute.emptyReceives += 1
            return .messages([])
        }
        queues[position].waiting.append(
            .init(
                id: request.waiter, limit: request.limit, visibilityTimeout: request.visibilityTimeout,
                holder: request.holder, deadline: now.microseconds + Int64(wait) * 1_000_000))
        waiterQueues[request.waiter] = request.queue
        return .waiting
    }

    private func check(_ request: ReceiveRequest) throws(Refusal) {
        guard (1...QueueLimits.batchEntries).contains(request.limit) else { throw .receiveLimit(request.limit) }
        if let wait = request.waitSeconds, !QueueLimits.waitSeconds.contains(wait) { throw .waitOutOfRange(wait) }
        if let timeout = request.visibilityTimeout, !QueueLimits.visibilitySeconds.contains(timeout) {
            throw .receiveVisibility(timeout)
        }
    }

    /// Forgets a long poll whose caller has gone.
    ///
    /// Nothing is answered.
    package mutating func cancelWaiter(_ id: UInt64) {
        guard let name = waiterQueues.removeValue(forKey: id), let position = positions[name] else { return }
        queues[position].waiting.remove(id)
        noteDeadline(of: position)
    }

    /// Forgets all long polls, as after a restart, when every caller has gone.
    package mutating func cancelAllWaiters() {
        waiterQueues = [:]
        for position in queues.indices where !queues[position].waiting.isEmpty {
            queues[position].waiting = WaitingLine()
            noteDeadline(of: position)
        }
    }

    /// Takes messages out of a queue, as far as the limit on messages in flight allows.
    private mutating func take(
        from position: Int, limit: Int, visibility: Int?, holder: TaskID?, at now: Int64
    ) -> Queue.Taking {
        let room = settings.inFlightLimit - queues[position].messages.inFlightCount
        guard room > 0, queues[position].messages.visibleCount > 0 else { return Queue.Taking() }
        let hasTarget = queues[position].deadLetterTarget.map { positions[$0] != nil } ?? false
        return queues[position].take(
            limit: min(limit, room), hiddenFor: visibility ?? queues[position].attributes.visibilitySeconds,
            holder: holder, deadLettering: hasTarget, at: now)
    }

    /// Carries dead letters to their queue, where polls may be waiting for them.
    private mutating func deliver(_ letters: [MessageArrival], from position: Int, at now: Int64, hops: Int) {
        guard !letters.isEmpty, let target = queues[position].deadLetterTarget.flatMap({ positions[$0] }) else {
            return
        }
        for letter in letters { _ = queues[target].messages.add(letter, at: now) }
        queues[target].messages.settle()
        touch(target, at: Instant(microseconds: now))
        let limit = queues[position].attributes.redrive?.maxReceiveCount ?? 0
        decide(
            position, now,
            "Moved \(letters.count) \(letters.count == 1 ? "message" : "messages") from queue "
                + "\(queues[position].name) to its dead-letter queue \(queues[target].name): "
                + "received \(limit) \(limit == 1 ? "time" : "times") without being deleted, the most allowed.")
        expire(target, at: now)
        serveWaiters(at: target, now, hops: hops + 1)
        noteDeadline(of: target)
    }

    /// Answers waiting polls, first come first served, while there are messages for them.
    ///
    /// Dead letters may answer polls of the next queue, and redrive policies may form a circle: after a few hops
    /// a message stays where it is until something else happens.
    mutating func serveWaiters(at position: Int, _ now: Int64, hops: Int = 0) {
        guard hops < 4 else { return }
        while let waiter = queues[position].waiting.first {
            let taking = take(
                from: position, limit: waiter.limit, visibility: waiter.visibilityTimeout, holder: waiter.holder,
                at: now)
            if !taking.received.isEmpty {
                queues[position].waiting.remove(waiter.id)
                waiterQueues[waiter.id] = nil
                outbox.append(.received(waiter: waiter.id, taking.received))
            }
            deliver(taking.deadLetters, from: position, at: now, hops: hops)
            if taking.received.isEmpty { return }
        }
    }

    /// Answers the polls whose wait is over with nothing.
    mutating func endPolls(at position: Int, _ now: Int64) {
        while let waiter = queues[position].waiting.removeDue(at: now) {
            waiterQueues[waiter] = nil
            queues[position].minute.emptyReceives += 1
            outbox.append(.received(waiter: waiter, []))
        }
    }
}
