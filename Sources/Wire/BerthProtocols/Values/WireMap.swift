/// The members of a structure or map in the order in which they were written.
///
/// A name may stand in it more than once: XML writes a flattened list that way, and careless clients send JSON
/// so. Looking a name up finds the last one. Structures are small and searched; from ``indexedFrom`` entries
/// on an index is kept, so that a hostile request with 100,000 names costs what its bytes cost.
package struct WireMap: Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let value: WireValue

        package init(name: String, value: WireValue) {
            self.name = name
            self.value = value
        }
    }

    private static let indexedFrom = 24

    package private(set) var entries: [Entry]
    /// The position of the last entry of each name: only looked into, never iterated.
    private var positions: [String: Int]?

    package init(_ entries: [Entry] = []) {
        self.entries = entries
        if entries.count >= Self.indexedFrom { buildIndex() }
    }

    package var isEmpty: Bool { entries.isEmpty }
    package var count: Int { entries.count }

    package subscript(name: String) -> WireValue? {
        if let positions { return positions[name].map { entries[$0].value } }
        return entries.last { $0.name == name }?.value
    }

    /// The values of every entry of this name, in order.
    package func values(of name: String) -> [WireValue] {
        entries.filter { $0.name == name }.map(\.value)
    }

    /// Adds an entry behind the others, also when the name is there already.
    package mutating func append(_ name: String, _ value: WireValue) {
        positions?[name] = entries.count
        entries.append(Entry(name: name, value: value))
        if positions == nil, entries.count >= Self.indexedFrom { buildIndex() }
    }

    private mutating func buildIndex() {
        var positions: [String: Int] = [:]
        positions.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() { positions[entry.name] = position }
        self.positions = positions
    }
}

extension WireMap: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.entries == right.entries }
    package func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}

extension WireMap: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, WireValue)...) {
        self.init(elements.map { Entry(name: $0.0, value: $0.1) })
    }
}
