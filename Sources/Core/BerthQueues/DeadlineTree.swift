/// The earliest of many deadlines: reading it takes constant time, changing one takes logarithmic time.
///
/// A complete binary tree in an array whose inner nodes hold the earlier of their two children.
struct DeadlineTree: Equatable, Sendable {
    private var nodes: [Int64]
    private let width: Int

    init(_ deadlines: [Int64] = []) {
        var width = 1
        while width < deadlines.count { width *= 2 }
        self.width = width
        nodes = Array(repeating: .max, count: 2 * width)
        for (index, deadline) in deadlines.enumerated() { nodes[width + index] = deadline }
        for node in stride(from: width - 1, through: 1, by: -1) {
            nodes[node] = min(nodes[2 * node], nodes[2 * node + 1])
        }
    }

    /// `Int64.max` when nothing is due ever.
    var earliest: Int64 { nodes[1] }

    /// Where the earliest deadline is; of equal ones, the lowest index.
    var indexOfEarliest: Int {
        var node = 1
        while node < width {
            node = nodes[2 * node] <= nodes[2 * node + 1] ? 2 * node : 2 * node + 1
        }
        return node - width
    }

    subscript(index: Int) -> Int64 {
        get { nodes[width + index] }
        set {
            var node = width + index
            guard nodes[node] != newValue else { return }
            nodes[node] = newValue
            while node > 1 {
                node /= 2
                let earlier = min(nodes[2 * node], nodes[2 * node + 1])
                guard nodes[node] != earlier else { return }
                nodes[node] = earlier
            }
        }
    }
}
