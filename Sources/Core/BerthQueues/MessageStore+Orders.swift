import BerthKernel

extension MessageStore {
    /// Drops what no longer matters from the front of every order, so that the front is the truth.
    ///
    /// To be called after each change. An order that is mostly debris is rebuilt, which bounds its size.
    mutating func settle() {
        while let entry = delayed.first, !isCurrent(entry) { delayed.removeFirst() }
        while let entry = inFlight.first, !isCurrent(entry) { inFlight.removeFirst() }
        while let entry = bySentAt.first, !isStored(entry) { bySentAt.removeFirst() }
        while let entry = byArrival.first, !isHealthy(entry) { byArrival.removeFirst() }
        if visible.count > Self.bound(visibleCount) { visible = visible.filtered(isCurrent) }
        if delayed.count > Self.bound(delayedCount) { delayed = delayed.filtered(isCurrent) }
        if inFlight.count > Self.bound(inFlightCount) { inFlight = inFlight.filtered(isCurrent) }
        if bySentAt.count > Self.bound(count) { bySentAt = bySentAt.filtered(isStored) }
        if byArrival.count > Self.bound(count) { byArrival = byArrival.filtered(isHealthy) }
        releaseSlotsWhenEmpty()
    }

    /// A queue that once was deep gives its memory back when it is drained.
    private mutating func releaseSlotsWhenEmpty() {
        guard records.count > 4_096, count == 0 else { return }
        records = []
        freeSlots = []
    }

    private static func bound(_ live: Int) -> Int { 2 * live + 1_024 }

    /// Enters a record into every order its state asks for, and into the counts.
    mutating func index(_ slot: UInt32) {
        let record = records[Int(slot)]
        bySentAt.insert(entry(slot, key: record.sentAt))
        if record.receivesHere < poisonReceives { byArrival.insert(entry(slot, key: record.arrivedAt)) }
        switch record.state {
        case .free: break
        case .delayed:
            delayedCount += 1
            delayed.insert(entry(slot, key: record.visibleAt))
        case .visible:
            visibleCount += 1
            visible.insert(entry(slot, key: Int64(record.position)))
        case .inFlight:
            inFlightCount += 1
            inFlight.insert(entry(slot, key: record.visibleAt))
            if record.holder != MessageRecord.nobody { held[record.holder, default: 0] += 1 }
        }
    }

    func entry(_ slot: UInt32, key: Int64) -> RunHeap.Entry {
        let record = records[Int(slot)]
        return .init(key: key, sequence: record.sequence, slot: slot, stamp: record.stamp)
    }

    /// Whether the message still is where this entry of its state's order puts it.
    func isCurrent(_ entry: RunHeap.Entry) -> Bool {
        isStored(entry) && records[Int(entry.slot)].stamp == entry.stamp
    }

    private func isStored(_ entry: RunHeap.Entry) -> Bool {
        slot(entry.slot, holds: entry.sequence)
    }

    private func isHealthy(_ entry: RunHeap.Entry) -> Bool {
        isStored(entry) && records[Int(entry.slot)].receivesHere < poisonReceives
    }
}
