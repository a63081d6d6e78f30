package import BerthKernel
package import OrderedCollections

extension Queues {
    /// Whether the name is taken by a queue now; the name of one deleted a moment ago is not, yet cannot be created.
    package func exists(_ name: String) -> Bool { positions[name] != nil }

    /// Names in alphabetical order, so that pages of them are stable.
    package func list(prefix: String = "") -> [String] {
        queues.map(\.name).filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// The ARN a queue of this name has, whether it exists or not.
    package func arn(of name: String) -> String { tenancy.arn("sqs", name) }

    /// The queue a `QueueUrl` means: its last path segment.
    ///
    /// AWS ignores the host and takes a bare name too.
    package static func name(fromURL url: String) -> String {
        url.split(separator: "/").last.map(String.init) ?? url
    }

    /// Makes a queue; succeeds without effect when one exists whose attributes equal all those given.
    ///
    /// Compared with the existing queue's present attributes, not those it was created with; tags do not count.
    package mutating func create(
        name: String, attributes: OrderedDictionary<String, String> = [:], tags: [Tag] = [], at now: Instant
    ) throws(Refusal) {
        try Self.checkName(name, isFIFO: attributes["FifoQueue"]?.lowercased() == "true")
        let wanted = try changed(QueueAttributes(), by: attributes)
        if let position = positions[name] {
            let present = queues[position].attributes
            if let differing = attributes.keys.first(where: { present[$0] != wanted[$0] }) {
                throw .queueNameExists(differing: differing)
            }
            touch(position, at: now)
            return noteDeadline(of: position)
        }
        if let free = deletedNames[name], now < free { throw .queueDeletedRecently() }
        guard tags.count <= QueueLimits.tagsPerQueue else { throw .tooManyTags() }
        let target = try checkRedrive(of: wanted, source: name)

        deletedNames[name] = nil
        queues.append(
            Queue(
                name: name, arn: arn(of: name), tag: queueTags.next(), createdAt: now, modifiedAt: now,
                attributes: wanted, deadLetterTarget: target,
                tags: OrderedDictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
                messages: MessageStore(poisonReceives: settings.poisonReceives), touchedAt: now.microseconds))
        touch(queues.count - 1, at: now)
        indexQueues()
    }

    private static func checkName(_ name: String, isFIFO: Bool) throws(Refusal) {
        let stem = isFIFO && name.hasSuffix(".fifo") ? name.dropLast(5) : name[...]
        let isWellFormed = !stem.isEmpty && QueueLimits.nameLength.contains(name.utf8.count) && isWord(stem)
        guard isFIFO else {
            if isWellFormed { return }
            throw .badQueueName()
        }
        throw isWellFormed && name.hasSuffix(".fifo") ? .fifoNotSupported() : .badFIFOQueueName()
    }

    /// Letters, digits, `_` and `-`, as in queue names and the ids of batch entries.
    static func isWord(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    /// Removes a queue with its messages.
    ///
    /// Its waiting polls are answered with nothing.
    package mutating func delete(_ name: String, at now: Instant) throws(Refusal) {
        let position = try position(of: name)
        released += queues[position].messages.removeAll()
        for waiter in queues[position].waiting.inOrder {
            waiterQueues[waiter.id] = nil
            outbox.append(.received(waiter: waiter.id, []))
        }
        queues.remove(at: position)
        indexQueues()
        deletedNames.removeAll { $0.value <= now }
        deletedNames[name] = now + pace(settings.recreateDelay)
    }

    /// Removes all messages, in flight and delayed ones too.
    ///
    /// At most once a minute for each queue.
    package mutating func purge(_ name: String, at now: Instant) throws(Refusal) {
        let position = try position(of: name)
        if let last = queues[position].purgedAt, now < last + pace(settings.purgeInterval) {
            throw .purgeInProgress(name)
        }
        queues[position].purgedAt = now
        released += queues[position].messages.removeAll()
        touch(position, at: now)
        noteDeadline(of: position)
    }

    /// The queues whose redrive policy names this one, in alphabetical order.
    package func deadLetterSources(of name: String) throws(Refusal) -> [String] {
        _ = try position(of: name)
        return queues.filter { $0.deadLetterTarget == name }.map(\.name).sorted()
    }

    /// Adds tags and replaces those with the same keys, unless there would be too many.
    package mutating func tag(_ name: String, with tags: [Tag], at now: Instant) throws(Refusal) {
        let position = try position(of: name)
        var result = queues[position].tags
        for tag in tags { result[tag.key] = tag.value }
        guard result.count <= QueueLimits.tagsPerQueue else { throw .tooManyTags() }
        queues[position].tags = result
        touch(position, at: now)
        noteDeadline(of: position)
    }

    /// Keys the queue does not have are ignored.
    package mutating func untag(_ name: String, keys: [String], at now: Instant) throws(Refusal) {
        let position = try position(of: name)
        for key in keys { queues[position].tags[key] = nil }
        touch(position, at: now)
        noteDeadline(of: position)
    }

    /// In the order in which their keys were first set.
    package func tags(of name: String) throws(Refusal) -> [Tag] {
        queues[try position(of: name)].tags.map { Tag(key: $0.key, value: $0.value) }
    }
}
