package import BerthKernel

extension Queues {
    /// Starts to move a dead-letter queue's visible messages back, or to another queue; returns the task's handle.
    ///
    /// Moved messages get a new id and send time and start counting receives again. Without a rate, all are moved
    /// within a second.
    package mutating func startMoveTask(
        from sourceARN: String, to destinationARN: String? = nil, messagesPerSecond: Int? = nil, at now: Instant
    ) throws(Refusal) -> String {
        let source = try movePosition(of: sourceARN, parameter: "SourceArn")
        if let destinationARN { _ = try movePosition(of: destinationARN, parameter: "DestinationArn") }
        let name = queues[source].name
        guard queues.contains(where: { $0.deadLetterTarget == name }) else { throw .sourceIsNoDeadLetterQueue() }
        if let messagesPerSecond, !QueueLimits.moveRate.contains(messagesPerSecond) {
            throw .moveRateOutOfRange(messagesPerSecond)
        }
        guard queues[source].moveTasks.last?.status != .running else { throw .moveTaskRunning() }

        var task = MoveTask(
            id: UniqueID(from: &moveTaskIDs), sourceARN: sourceARN, destinationARN: destinationARN,
            messagesPerSecond: messagesPerSecond, startedAt: now,
            messagesToMove: queues[source].messages.visibleCount, nextMoveAt: .max)
        task.nextMoveAt = now.microseconds + task.step
        if queues[source].moveTasks.count == QueueLimits.listedMoveTasks { queues[source].moveTasks.removeFirst() }
        queues[source].moveTasks.append(task)
        touch(source, at: now)
        noteDeadline(of: source)
        return MoveTask.handle(id: task.id, sourceARN: sourceARN)
    }

    /// Ends a running task and returns how many messages it had moved.
    ///
    /// They stay where they are.
    package mutating func cancelMoveTask(handle: String, at now: Instant) throws(Refusal) -> Int {
        guard let (id, sourceARN) = MoveTask.parse(handle: handle) else { throw .badTaskHandle() }
        guard let name = ResourceName(sourceARN)?.resource, let source = positions[name],
            let task = queues[source].moveTasks.last, task.id == id, task.status == .running
        else { throw .moveTaskMissing() }
        end(source, .cancelled)
        touch(source, at: now)
        noteDeadline(of: source)
        return task.messagesMoved
    }

    /// The tasks started for this source, newest first; a bounded number of them.
    package func moveTasks(from sourceARN: String) throws(Refusal) -> [MoveTask] {
        queues[try movePosition(of: sourceARN, parameter: "SourceArn")].moveTasks.reversed()
    }

    private func movePosition(of arn: String, parameter: String) throws(Refusal) -> Int {
        guard let name = ResourceName(arn) else { throw .badMoveARN(parameter) }
        guard let position = positions[name.resource], queues[position].arn == arn else {
            throw .moveResourceMissing(parameter)
        }
        return position
    }

    /// Makes the step that is due, if any.
    mutating func runMoveTask(of source: Int, at now: Int64) {
        guard let task = queues[source].moveTasks.last, task.nextMoveAt <= now else { return }
        var destinations: [Int] = []
        let last = queues[source].moveTasks.count - 1
        queues[source].moveTasks[last].nextMoveAt += task.step
        for _ in 0..<min(task.messagesPerStep, task.messagesToMove - task.messagesMoved) {
            guard let slot = queues[source].messages.takeFirstVisible() else { break }
            let origin = queues[source].messages.sourceARN(of: slot)
            guard let destination = destination(of: task, origin: origin) else {
                queues[source].messages.show(slot)
                let reason =
                    origin == nil && task.destinationARN == nil
                    ? "CouldNotDetermineMessageSource" : "AWS.SimpleQueueService.NonExistentQueue"
                end(source, .failed, reason: reason)
                break
            }
            move(slot, from: source, to: destination, at: now)
            queues[source].moveTasks[last].messagesMoved += 1
            if !destinations.contains(destination) { destinations.append(destination) }
        }
        queues[source].messages.settle()
        finishMoveTask(of: source, at: now)
        for destination in destinations {
            queues[destination].messages.settle()
            touch(destination, at: Instant(microseconds: now))
            serveWaiters(at: destination, now)
            noteDeadline(of: destination)
        }
    }

    private func destination(of task: MoveTask, origin: String?) -> Int? {
        guard let arn = task.destinationARN ?? origin, let name = ResourceName(arn)?.resource else { return nil }
        return positions[name]
    }

    private mutating func move(_ slot: UInt32, from source: Int, to destination: Int, at now: Int64) {
        let group = queues[source].messages.groupID(of: slot)
        let record = queues[source].messages.remove(slot)
        let arrival = MessageArrival(
            id: MessageID(from: &messageIDs), payload: record.payload, sentAt: now, groupID: group, visibleAt: now)
        _ = queues[destination].messages.add(arrival, at: now)
    }

    private mutating func finishMoveTask(of source: Int, at now: Int64) {
        guard let task = queues[source].moveTasks.last else { return }
        if task.status == .running {
            guard task.messagesMoved >= task.messagesToMove || queues[source].messages.visibleCount == 0 else { return }
            end(source, .completed)
        }
        let failure = queues[source].moveTasks.last?.failureReason.map { "; it failed with \($0)" } ?? ""
        decide(
            source, now,
            "The move task of queue \(queues[source].name) has moved \(task.messagesMoved) of "
                + "\(task.messagesToMove) messages\(failure).")
    }

    private mutating func end(_ source: Int, _ status: MoveTask.Status, reason: String? = nil) {
        let last = queues[source].moveTasks.count - 1
        queues[source].moveTasks[last].status = status
        queues[source].moveTasks[last].failureReason = reason
        queues[source].moveTasks[last].nextMoveAt = .max
    }
}
