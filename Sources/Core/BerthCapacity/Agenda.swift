import BerthKernel

/// Things that happen at given moments, handed out in the order of those moments.
///
/// What is due at one moment keeps the order in which it was entered. There is no removal: whoever takes an
/// entry asks the state whether it still applies.
struct Agenda<Entry: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    private struct Item: Hashable, Codable, Sendable {
        let instant: Instant
        let entry: Entry
    }

    /// Latest first, so that the next one is taken off the end.
    private var items: [Item] = []

    var next: Instant? { items.last?.instant }

    mutating func add(_ entry: Entry, at instant: Instant) {
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle].instant > instant { low = middle + 1 } else { high = middle }
        }
        items.insert(Item(instant: instant, entry: entry), at: low)
    }

    /// Takes the next entry if it is due.
    mutating func take(until now: Instant) -> (instant: Instant, entry: Entry)? {
        guard let last = items.last, last.instant <= now else { return nil }
        items.removeLast()
        return (last.instant, last.entry)
    }
}
