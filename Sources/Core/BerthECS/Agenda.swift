import BerthKernel
import HeapModule

/// What is due when, earliest first.
///
/// Entries are never removed before they are due. Whoever takes one asks its subject whether it still wants
/// to be woken at that instant, so that moving a deadline costs one insertion and no search.
struct Agenda: Sendable, Equatable, Codable {
    enum Subject: Hashable, Codable, Sendable {
        case task(TaskID)
        case service(ServiceKey)
    }

    struct Entry: Hashable, Codable, Sendable, Comparable {
        let instant: Instant
        /// Breaks ties in the order of insertion.
        let sequence: UInt64
        let subject: Subject

        static func < (left: Entry, right: Entry) -> Bool {
            (left.instant, left.sequence) < (right.instant, right.sequence)
        }
    }

    private var heap = Heap<Entry>()
    private var lastSequence: UInt64 = 0

    init() {}

    var earliest: Instant? { heap.min?.instant }

    mutating func add(_ subject: Subject, at instant: Instant) {
        lastSequence += 1
        heap.insert(Entry(instant: instant, sequence: lastSequence, subject: subject))
    }

    /// Takes the earliest entry that is due at `now`.
    mutating func popDue(at now: Instant) -> Entry? {
        guard let first = heap.min, first.instant <= now else { return nil }
        return heap.popMin()
    }

    static func == (left: Agenda, right: Agenda) -> Bool {
        left.lastSequence == right.lastSequence && left.heap.unordered.sorted() == right.heap.unordered.sorted()
    }

    private enum CodingKeys: CodingKey {
        case entries, lastSequence
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        heap = Heap(try container.decode([Entry].self, forKey: .entries))
        lastSequence = try container.decode(UInt64.self, forKey: .lastSequence)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(heap.unordered.sorted(), forKey: .entries)
        try container.encode(lastSequence, forKey: .lastSequence)
    }
}
