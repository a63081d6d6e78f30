import BerthKernel

/// How many instances of a group are in each of its zones.
struct ZoneBalance {
    /// In the order of the group's subnets, then zones it no longer uses.
    private var counts: [(zone: String, count: Int)]

    init(zones: [String], members: [Instance]) {
        counts = zones.map { ($0, 0) }
        for member in members {
            if let index = counts.firstIndex(where: { $0.zone == member.zone }) {
                counts[index].count += 1
            } else {
                counts.append((member.zone, 1))
            }
        }
        own = zones.count
    }

    private let own: Int

    /// Where to launch: the zones of the group with the fewest instances first, ties in order.
    var emptiestFirst: [String] {
        counts.prefix(own).enumerated()
            .sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
            .map(\.element.zone)
    }

    func count(in zone: String) -> Int {
        counts.first { $0.zone == zone }?.count ?? 0
    }
}
