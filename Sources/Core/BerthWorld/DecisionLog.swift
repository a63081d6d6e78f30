package import BerthKernel
import DequeModule

/// The newest decisions of a world, numbered, so that a reader can ask for what came since it last looked.
package struct DecisionLog: Sendable, Equatable, Codable {
    package struct Entry: Hashable, Sendable {
        package let number: Int
        package let decision: Decision
    }

    /// Older decisions are forgotten: enough for hours of a busy world, about 2 MB.
    private static let limit = 10_000

    private var entries: Deque<Entry> = []
    private var nextNumber = 1

    package mutating func append(_ decision: Decision) {
        if entries.count == Self.limit { entries.removeFirst() }
        entries.append(Entry(number: nextNumber, decision: decision))
        nextNumber += 1
    }

    /// Decisions numbered above `number`, oldest first, at most the newest `limit` of them.
    package func since(_ number: Int, limit: Int = .max) -> [Entry] {
        let missing = nextNumber - 1 - number
        return Array(entries.suffix(max(0, min(missing, limit, entries.count))))
    }

    package var count: Int { entries.count }
}

extension DecisionLog.Entry: Codable {
    private enum CodingKeys: CodingKey {
        case number
    }

    package init(from decoder: any Decoder) throws {
        number = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .number)
        decision = try Decision(from: decoder)
    }

    /// The number beside the decision's own members, which is how readers of the control API want it.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try decision.encode(to: encoder)
    }
}
