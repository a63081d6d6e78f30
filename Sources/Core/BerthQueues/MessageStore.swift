import BerthKernel

/// The messages of one queue, with every order in which they are asked for.
///
/// Records live in slots of one array, and a freed slot is used again. Each order is a ``RunHeap`` of entries that
/// name a slot and the sequence number expected in it; an entry whose message has moved on is recognized by the
/// record and dropped when it comes first. So every transition costs the same at a depth of a million as at ten.
struct MessageStore: Sendable {
    var records: ContiguousArray<MessageRecord> = []
    var freeSlots: [UInt32] = []
    var nextSequence: UInt64 = 1
    /// From this many receives on, a message that becomes visible goes to the back.
    let poisonReceives: UInt32

    /// Groups of the messages that have one, by slot.
    ///
    /// Looked up, never iterated.
    var groups: [UInt32: String] = [:]
    /// ARNs that `MessageRecord.source` numbers from 1.
    ///
    /// Bounded by the queues that ever used this one as target.
    var sources: [String] = []
    /// In-flight messages per task.
    ///
    /// Looked up, never iterated.
    var held: [TaskID: Int] = [:]

    var visibleCount = 0
    var delayedCount = 0
    var inFlightCount = 0

    var visible = RunHeap()
    var delayed = RunHeap()
    var inFlight = RunHeap()
    var bySentAt = RunHeap()
    var byArrival = RunHeap()

    init(poisonReceives: Int) {
        self.poisonReceives = UInt32(clamping: poisonReceives)
    }

    var count: Int { visibleCount + delayedCount + inFlightCount }

    /// The slot that holds the message with this sequence number, or `nil` when it is gone.
    func slot(_ slot: UInt32, holds sequence: UInt64) -> Bool {
        slot < records.count && records[Int(slot)].sequence == sequence && records[Int(slot)].state != .free
    }

    subscript(slot: UInt32) -> MessageRecord { records[Int(slot)] }

    func groupID(of slot: UInt32) -> String? {
        records[Int(slot)].hasGroup ? groups[slot] : nil
    }

    func sourceARN(of slot: UInt32) -> String? {
        let source = records[Int(slot)].source
        return source == 0 ? nil : sources[Int(source) - 1]
    }

    func heldCount(by task: TaskID) -> Int { held[task] ?? 0 }

    /// When the next delayed or in-flight message becomes visible.
    var nextReturn: Int64 {
        min(delayed.first?.key ?? .max, inFlight.first?.key ?? .max)
    }

    /// When the message sent first was sent.
    var oldestSentAt: Int64? { bySentAt.first?.key }

    /// When the message that arrived first arrived, poison messages left out.
    var oldestArrival: Int64? { byArrival.first?.key }

    mutating func add(_ arrival: MessageArrival, at now: Int64) -> UInt64 {
        let slot = takeSlot()
        let sequence = nextSequence
        nextSequence += 1
        var record = MessageRecord()
        record.id = arrival.id
        record.sequence = sequence
        record.position = sequence
        record.sentAt = arrival.sentAt
        record.arrivedAt = now
        record.firstReceivedAt = arrival.firstReceivedAt
        record.visibleAt = arrival.visibleAt
        record.payload = arrival.payload
        record.receiveCount = arrival.receiveCount
        record.receivesElsewhere = arrival.receiveCount
        record.state = arrival.visibleAt > now ? .delayed : .visible
        if let group = arrival.groupID {
            groups[slot] = group
            record.hasGroup = true
        }
        if let source = arrival.sourceARN { record.source = number(of: source) }
        records[Int(slot)] = record
        index(slot)
        return sequence
    }

    /// Takes the first visible message out of the visible order.
    ///
    /// The caller decides at once what becomes of it: ``hide(_:until:)``, ``show(_:)`` or ``remove(_:)``.
    mutating func takeFirstVisible() -> UInt32? {
        while let entry = visible.first {
            visible.removeFirst()
            if isCurrent(entry) { return entry.slot }
        }
        return nil
    }

    /// Counts a receive by `holder`.
    mutating func noteReceive(_ slot: UInt32, by holder: TaskID?, at now: Int64) {
        let index = Int(slot)
        if records[index].receiveCount == 0 { records[index].firstReceivedAt = now }
        records[index].receiveCount += 1
        records[index].receivedAt = now
        records[index].holder = holder ?? MessageRecord.nobody
    }

    /// Puts a message in flight, or moves the end of its flight.
    mutating func hide(_ slot: UInt32, until visibleAt: Int64) {
        let index = Int(slot)
        if records[index].state == .inFlight && records[index].visibleAt == visibleAt { return }
        if records[index].state != .inFlight {
            leave(slot)
            records[index].state = .inFlight
            inFlightCount += 1
            if records[index].holder != MessageRecord.nobody { held[records[index].holder, default: 0] += 1 }
        }
        records[index].visibleAt = visibleAt
        records[index].stamp &+= 1
        inFlight.insert(entry(slot, key: visibleAt))
    }

    /// Makes a message visible: at its original place, or behind all others when it was received too often.
    mutating func show(_ slot: UInt32) {
        let index = Int(slot)
        leave(slot)
        if records[index].receivesHere >= poisonReceives {
            records[index].position = nextSequence
            nextSequence += 1
        }
        records[index].state = .visible
        visibleCount += 1
        records[index].stamp &+= 1
        visible.insert(entry(slot, key: Int64(records[index].position)))
    }

    /// Makes visible what is due, and tells whether anything was.
    mutating func showDue(at now: Int64) -> Bool {
        var shown = false
        while let entry = delayed.first, entry.key <= now {
            delayed.removeFirst()
            guard isCurrent(entry) else { continue }
            show(entry.slot)
            shown = true
        }
        while let entry = inFlight.first, entry.key <= now {
            inFlight.removeFirst()
            guard isCurrent(entry) else { continue }
            show(entry.slot)
            shown = true
        }
        return shown
    }

    /// Frees the message's slot and returns what it held.
    @discardableResult mutating func remove(_ slot: UInt32) -> MessageRecord {
        leave(slot)
        let record = records[Int(slot)]
        records[Int(slot)] = MessageRecord()
        if record.hasGroup { groups[slot] = nil }
        freeSlots.append(slot)
        return record
    }

    /// Removes one message sent at `instant` or before; `nil` when there is none.
    mutating func removeOldest(sentBy instant: Int64) -> MessageRecord? {
        guard let entry = bySentAt.first, entry.key <= instant else { return nil }
        bySentAt.removeFirst()
        let record = remove(entry.slot)
        settle()
        return record
    }

    /// Removes every message and returns where their bodies are.
    ///
    /// Old handles name nothing afterwards.
    mutating func removeAll() -> [PayloadRef] {
        let payloads = records.filter { $0.state != .free }.map(\.payload)
        let (sequence, known) = (nextSequence, sources)
        self = MessageStore(poisonReceives: Int(poisonReceives))
        (nextSequence, sources) = (sequence, known)
        return payloads
    }

    private mutating func takeSlot() -> UInt32 {
        if let slot = freeSlots.popLast() { return slot }
        records.append(MessageRecord())
        return UInt32(records.count - 1)
    }

    private mutating func number(of source: String) -> UInt32 {
        if let known = sources.firstIndex(of: source) { return UInt32(known + 1) }
        sources.append(source)
        return UInt32(sources.count)
    }

    /// Takes a message out of the counts of its present state.
    private mutating func leave(_ slot: UInt32) {
        switch records[Int(slot)].state {
        case .free: break
        case .delayed: delayedCount -= 1
        case .visible: visibleCount -= 1
        case .inFlight:
            inFlightCount -= 1
            let holder = records[Int(slot)].holder
            if holder != MessageRecord.nobody, let count = held[holder] { held[holder] = count > 1 ? count - 1 : nil }
        }
    }
}
