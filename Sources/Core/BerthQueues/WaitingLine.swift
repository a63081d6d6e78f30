import BerthKernel
import DequeModule
import HeapModule

/// The long polls that wait at one queue, first come first served.
///
/// State with a deadline rather than suspended tasks, so that virtual time can skip the wait.
struct WaitingLine: Sendable {
    struct Waiter: Equatable, Codable, Sendable {
        /// The number the poll's answer goes to.
        let id: UInt64
        let limit: Int
        /// As asked for; `nil` means the queue's own at the moment of the answer.
        let visibilityTimeout: Int?
        let holder: TaskID?
        /// Microseconds since the epoch.
        let deadline: Int64
    }

    /// Keyed by ticket, a number in the order of arrival.
    private var waiting: Deque<(ticket: UInt64, waiter: Waiter)> = []
    /// Tickets of those still waiting, by waiter.
    ///
    /// Looked up, never iterated.
    private var tickets: [UInt64: UInt64] = [:]
    private var deadlines = Heap<Deadline>()
    private var nextTicket: UInt64 = 0

    private struct Deadline: Comparable, Sendable {
        let instant: Int64
        let ticket: UInt64
        let id: UInt64

        static func < (left: Deadline, right: Deadline) -> Bool {
            (left.instant, left.ticket) < (right.instant, right.ticket)
        }
    }

    init(_ waiters: [Waiter] = []) {
        for waiter in waiters { append(waiter) }
    }

    var isEmpty: Bool { tickets.isEmpty }

    /// In the order of their arrival.
    var inOrder: [Waiter] {
        waiting.filter { tickets[$0.waiter.id] == $0.ticket }.map(\.waiter)
    }

    /// `Int64.max` when nobody waits.
    var nextDeadline: Int64 { deadlines.min?.instant ?? .max }

    /// - Precondition: nobody waits under the same number.
    mutating func append(_ waiter: Waiter) {
        precondition(tickets.updateValue(nextTicket, forKey: waiter.id) == nil, "two polls wait as \(waiter.id)")
        waiting.append((nextTicket, waiter))
        deadlines.insert(Deadline(instant: waiter.deadline, ticket: nextTicket, id: waiter.id))
        nextTicket += 1
    }

    var first: Waiter? { waiting.first?.waiter }

    /// Ends the wait of ``first``, which must exist.
    mutating func removeFirst() {
        if let first { remove(first.id) }
    }

    /// Ends a wait; nothing happens when nobody waits under that number.
    mutating func remove(_ id: UInt64) {
        guard tickets.removeValue(forKey: id) != nil else { return }
        dropDebris()
    }

    /// Ends the first wait whose deadline is not later than `now` and returns its number.
    mutating func removeDue(at now: Int64) -> UInt64? {
        guard let due = deadlines.min, due.instant <= now else { return nil }
        remove(due.id)
        return due.id
    }

    /// Keeps the fronts true and the debris of ended waits bounded.
    private mutating func dropDebris() {
        while let front = waiting.first, tickets[front.waiter.id] != front.ticket { waiting.removeFirst() }
        while let front = deadlines.min, tickets[front.id] != front.ticket { deadlines.removeMin() }
        let bound = 2 * tickets.count + 64
        if waiting.count > bound {
            waiting = Deque(waiting.filter { tickets[$0.waiter.id] == $0.ticket })
        }
        if deadlines.count > bound {
            deadlines = Heap(deadlines.unordered.filter { tickets[$0.id] == $0.ticket })
        }
    }
}

extension WaitingLine: Equatable {
    static func == (left: WaitingLine, right: WaitingLine) -> Bool {
        left.inOrder == right.inOrder
    }
}

extension WaitingLine: Codable {
    init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([Waiter].self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(inOrder)
    }
}
