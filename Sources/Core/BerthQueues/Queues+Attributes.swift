package import BerthKernel
package import OrderedCollections

extension Queues {
    private static let computed = [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
    ]
    private static let fifoOnly = [
        "ContentBasedDeduplication", "DeduplicationScope", "FifoQueue", "FifoThroughputLimit",
    ]
    private static let readable = (computed + QueueAttributes.settable).sorted()

    /// Attributes by name in alphabetical order: those asked for, or every one that has a value for `All`.
    ///
    /// A known attribute without a value is left out; no names give no attributes. Reading does not count as use:
    /// it keeps no queue active.
    package func attributes(
        of name: String, names: [String]
    ) throws(Refusal) -> OrderedDictionary<String, String> {
        let queue = queues[try position(of: name)]
        let known = Self.readable + Self.fifoOnly
        if let unknown = names.first(where: { $0 != "All" && !known.contains($0) }) { throw .unknownAttribute(unknown) }
        let wanted = names.contains("All") ? Self.readable : Self.readable.filter(names.contains)
        var result: OrderedDictionary<String, String> = [:]
        for name in wanted { result[name] = value(of: name, in: queue) }
        return result
    }

    private func value(of attribute: String, in queue: Queue) -> String? {
        switch attribute {
        case "ApproximateNumberOfMessages": String(queue.messages.visibleCount)
        case "ApproximateNumberOfMessagesDelayed": String(queue.messages.delayedCount)
        case "ApproximateNumberOfMessagesNotVisible": String(queue.messages.inFlightCount)
        case "CreatedTimestamp": String(queue.createdAt.microseconds / 1_000_000)
        case "LastModifiedTimestamp": String(queue.modifiedAt.microseconds / 1_000_000)
        case "QueueArn": queue.arn
        default: queue.attributes[attribute]
        }
    }

    /// Changes attributes at once; AWS may take a minute, and 15 for the retention period.
    ///
    /// All values are checked before any is applied. A shorter retention period drops messages right away.
    package mutating func setAttributes(
        _ values: OrderedDictionary<String, String>, of name: String, at now: Instant
    ) throws(Refusal) {
        let position = try position(of: name)
        let wanted = try changed(queues[position].attributes, by: values)
        let target =
            values["RedrivePolicy"] == nil
            ? queues[position].deadLetterTarget : try checkRedrive(of: wanted, source: name)
        queues[position].attributes = wanted
        queues[position].deadLetterTarget = target
        queues[position].modifiedAt = now
        touch(position, at: now)
        expire(position, at: now.microseconds)
        noteDeadline(of: position)
    }

    /// `attributes` with `values` set, or a refusal for the first that cannot be.
    func changed(
        _ attributes: QueueAttributes, by values: OrderedDictionary<String, String>
    ) throws(Refusal) -> QueueAttributes {
        var result = attributes
        for (name, value) in values { try result.set(name, to: value) }
        let asksForBoth =
            values["KmsMasterKeyId"].map { !$0.isEmpty } ?? false
            && values["SqsManagedSseEnabled"]?.lowercased() == "true"
        if asksForBoth || (result.kmsMasterKeyID != nil && result.isManagedEncryptionEnabled) {
            throw .twoEncryptions()
        }
        return result
    }

    /// The name of the dead-letter queue, which must exist and allow `source` to use it; `nil` without a policy.
    func checkRedrive(of attributes: QueueAttributes, source: String) throws(Refusal) -> String? {
        guard let redrive = attributes.redrive else { return nil }
        let target = try redrive.targetName(in: tenancy)
        guard let position = positions[target] else {
            throw .redrivePolicy(redrive.text, "Dead letter target does not exist.")
        }
        if let policy = queues[position].attributes.redriveAllow, !policy.allows(arn(of: source)) {
            throw .redrivePolicy(
                redrive.text, "The redrive allow policy of the dead letter target does not permit this source queue.")
        }
        return target
    }
}
