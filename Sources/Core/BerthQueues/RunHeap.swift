import DequeModule
import HeapModule

/// A priority queue for entries that mostly arrive in order.
///
/// Sends, visibility timeouts and delays are nearly always appended in growing order. Those form a run in a
/// deque, where first and last are reached in constant time at any depth; what comes out of order goes to a heap.
/// Entries are not removed when they cease to matter: the owner recognizes and drops them when they come first.
struct RunHeap: Sendable {
    struct Entry: Comparable, Sendable {
        let key: Int64
        let sequence: UInt64
        let slot: UInt32
        /// Tells the entry that counts from earlier ones of the same message.
        var stamp: UInt32 = 0

        static func < (left: Entry, right: Entry) -> Bool {
            (left.key, left.sequence) < (right.key, right.sequence)
        }
    }

    private var run: Deque<Entry> = []
    private var rest: Heap<Entry> = []

    /// Entries, including those that no longer matter.
    var count: Int { run.count + rest.count }

    var first: Entry? {
        guard let late = rest.min else { return run.first }
        guard let next = run.first else { return late }
        return late < next ? late : next
    }

    mutating func insert(_ entry: Entry) {
        if let last = run.last, entry < last {
            rest.insert(entry)
        } else {
            run.append(entry)
        }
    }

    /// Removes ``first``, which must exist.
    mutating func removeFirst() {
        if let late = rest.min, run.first.map({ late < $0 }) ?? true {
            rest.removeMin()
        } else {
            run.removeFirst()
        }
    }

    /// The same entries without those that no longer matter.
    func filtered(_ matters: (Entry) -> Bool) -> RunHeap {
        var result = RunHeap()
        result.run = Deque(run.filter(matters))
        result.rest = Heap(rest.unordered.filter(matters))
        return result
    }
}
