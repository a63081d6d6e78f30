import BerthKernel

/// Two stores are equal when they hold the same messages in the same slots; the orders follow from that.
extension MessageStore: Equatable {
    static func == (left: MessageStore, right: MessageStore) -> Bool {
        left.nextSequence == right.nextSequence && left.records == right.records && left.freeSlots == right.freeSlots
            && left.groups == right.groups && left.sources == right.sources
            && left.poisonReceives == right.poisonReceives
    }
}

/// Records are written as columns of numbers, free slots left out: a keyed container per message would be many
/// times the size of what it holds.
extension MessageStore: Codable {
    private enum CodingKeys: CodingKey {
        case slotCount, freeSlots, nextSequence, poisonReceives, sources, words, groupSlots, groupIDs
    }

    private static let wordsPerRecord = 16

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        poisonReceives = try container.decode(UInt32.self, forKey: .poisonReceives)
        nextSequence = try container.decode(UInt64.self, forKey: .nextSequence)
        freeSlots = try container.decode([UInt32].self, forKey: .freeSlots)
        sources = try container.decode([String].self, forKey: .sources)
        let slotCount = try container.decode(Int.self, forKey: .slotCount)
        let words = try container.decode([UInt64].self, forKey: .words)
        let groupSlots = try container.decode([UInt32].self, forKey: .groupSlots)
        let groupIDs = try container.decode([String].self, forKey: .groupIDs)
        records = ContiguousArray(repeating: MessageRecord(), count: slotCount)
        for (slot, group) in zip(groupSlots, groupIDs) { groups[slot] = group }
        for start in stride(from: 0, to: words.count, by: Self.wordsPerRecord) {
            guard start + Self.wordsPerRecord <= words.count,
                let slot = Int(exactly: words[start] & 0xffff_ffff), slot < slotCount,
                let record = Self.record(words[start..<start + Self.wordsPerRecord])
            else {
                throw DecodingError.dataCorruptedError(
                    forKey: .words, in: container, debugDescription: "a message record is cut short or misnumbered")
            }
            records[slot] = record
        }
        for slot in slotsInOrderOfArrival() { index(slot) }
        settle()
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(poisonReceives, forKey: .poisonReceives)
        try container.encode(nextSequence, forKey: .nextSequence)
        try container.encode(freeSlots, forKey: .freeSlots)
        try container.encode(sources, forKey: .sources)
        try container.encode(records.count, forKey: .slotCount)
        var words: [UInt64] = []
        words.reserveCapacity(count * Self.wordsPerRecord)
        var groupSlots: [UInt32] = []
        for (slot, record) in records.enumerated() where record.state != .free {
            Self.append(record, slot: UInt64(slot), to: &words)
            if record.hasGroup { groupSlots.append(UInt32(slot)) }
        }
        try container.encode(words, forKey: .words)
        try container.encode(groupSlots, forKey: .groupSlots)
        try container.encode(groupSlots.compactMap { groups[$0] }, forKey: .groupIDs)
    }

    /// Arrival order keeps the runs of the orders long.
    private func slotsInOrderOfArrival() -> [UInt32] {
        records.indices.filter { records[$0].state != .free }
            .sorted { records[$0].sequence < records[$1].sequence }.map(UInt32.init)
    }

    private static func append(_ record: MessageRecord, slot: UInt64, to words: inout [UInt64]) {
        words.append(UInt64(record.stamp) << 32 | slot)
        words.append(record.id.high)
        words.append(record.id.low)
        words.append(record.sequence)
        words.append(record.position)
        for time in [record.sentAt, record.arrivedAt, record.firstReceivedAt, record.receivedAt, record.visibleAt] {
            words.append(UInt64(bitPattern: time))
        }
        words.append(record.payload.segment)
        words.append(UInt64(record.payload.offset) << 32 | UInt64(record.payload.length))
        words.append(UInt64(record.receiveCount) << 32 | UInt64(record.receivesElsewhere))
        words.append(UInt64(record.source) << 32 | UInt64(record.state.rawValue) << 8 | (record.hasGroup ? 1 : 0))
        words.append(record.holder.high)
        words.append(record.holder.low)
    }

    /// The record that ``append(_:slot:to:)`` wrote, or `nil` when its state is none this version knows.
    private static func record(_ slice: ArraySlice<UInt64>) -> MessageRecord? {
        let words = Array(slice)
        guard let state = MessageRecord.State(rawValue: UInt8(truncatingIfNeeded: words[13] >> 8)), state != .free
        else { return nil }
        var record = MessageRecord()
        record.stamp = UInt32(truncatingIfNeeded: words[0] >> 32)
        record.id = MessageID(high: words[1], low: words[2])
        record.sequence = words[3]
        record.position = words[4]
        record.sentAt = Int64(bitPattern: words[5])
        record.arrivedAt = Int64(bitPattern: words[6])
        record.firstReceivedAt = Int64(bitPattern: words[7])
        record.receivedAt = Int64(bitPattern: words[8])
        record.visibleAt = Int64(bitPattern: words[9])
        record.payload = PayloadRef(
            segment: words[10], offset: UInt32(truncatingIfNeeded: words[11] >> 32),
            length: UInt32(truncatingIfNeeded: words[11]))
        record.receiveCount = UInt32(truncatingIfNeeded: words[12] >> 32)
        record.receivesElsewhere = UInt32(truncatingIfNeeded: words[12])
        record.source = UInt32(truncatingIfNeeded: words[13] >> 32)
        record.state = state
        record.hasGroup = words[13] & 1 == 1
        record.holder = TaskID(high: words[14], low: words[15])
        return record
    }
}
