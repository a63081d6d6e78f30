import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// Gives a stack another status and writes it into its history.
    mutating func change(_ id: UniqueID, to status: StackStatus, reason: String?, at now: Instant) {
        guard let stack = stacks[id] else { return }
        stacks[id]?.status = status
        stacks[id]?.statusReason = reason
        let event = StackEventRecord(
            id: UniqueID(from: &eventIDs).uuid, logicalID: stack.name, physicalID: stack.arn,
            type: "AWS::CloudFormation::Stack", instant: stack.nextEventInstant(at: now), status: status.rawValue,
            reason: reason, properties: nil)
        stacks[id]?.events.append(event)
        outbox.append(.stackChanged(name: stack.name, status: status))
    }

    /// Gives a resource another status and writes it into the stack's history.
    mutating func change(
        _ logicalID: String, in id: UniqueID, to status: ResourceStatus, reason: String? = nil, at now: Instant
    ) {
        guard let stack = stacks[id], var resource = stack.resources[logicalID] else { return }
        resource.status = status
        resource.statusReason = reason
        resource.updatedAt = now
        stacks[id]?.resources[logicalID] = resource
        let instant = stack.nextEventInstant(at: now)
        let event = StackEventRecord(
            id: eventID(of: logicalID, status, at: instant), logicalID: logicalID,
            physicalID: resource.physicalID ?? "", type: resource.type, instant: instant, status: status.rawValue,
            reason: reason, properties: resource.properties.jsonText)
        stacks[id]?.events.append(event)
    }

    mutating func decide(_ id: UniqueID, _ sentence: String, at now: Instant) {
        guard let stack = stacks[id] else { return }
        outbox.append(.decided(Decision(instant: now, kind: .stack, subject: stack.name, sentence: sentence)))
    }

    /// Creations are named by their moment, deletions at random: SAM tells events apart by these ids.
    private mutating func eventID(of logicalID: String, _ status: ResourceStatus, at instant: Instant) -> String {
        switch status {
        case .createInProgress, .createFailed, .createComplete:
            "\(logicalID)-\(status.rawValue)-\(CalendarTime(instant).iso8601WithMilliseconds)"
        case .deleteInProgress, .deleteFailed, .deleteComplete, .deleteSkipped:
            "\(logicalID)-\(UniqueID(from: &eventIDs).uuid)"
        }
    }
}

extension Stack {
    /// Now, or the millisecond after the last event: no two events of a stack share one.
    fileprivate func nextEventInstant(at now: Instant) -> Instant {
        let wholeMilliseconds = now.floored(to: .milliseconds(1))
        guard let last = events.last?.instant, last >= wholeMilliseconds else { return wholeMilliseconds }
        return last + .milliseconds(1)
    }

    /// How long the stack has existed, for sentences: `3.2 s`.
    func age(at now: Instant) -> String {
        let tenths = (now - createdAt).microseconds / 100_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
