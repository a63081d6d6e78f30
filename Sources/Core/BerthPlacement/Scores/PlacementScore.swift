import BerthKernel

/// How good an instance is in one respect.
///
/// The lowest score is the best.
protocol PlacementScore {
    func score(of instance: InstanceSnapshot) -> Int
}

extension PlacementScore {
    /// The candidates with the best score, in their order.
    func best(of candidates: [Int], among instances: [InstanceSnapshot]) -> [Int] {
        var best: [Int] = []
        var bestScore = Int.max
        for index in candidates {
            let score = score(of: instances[index])
            if score < bestScore {
                bestScore = score
                best.removeAll(keepingCapacity: true)
            }
            if score == bestScore { best.append(index) }
        }
        return best
    }
}

extension PlacementStrategy {
    /// The candidates this strategy cannot tell apart, all better than those it drops.
    func refine(
        _ candidates: [Int], among instances: [InstanceSnapshot], random: inout RandomStream
    ) -> [Int] {
        switch self {
        case .spread(let key): SpreadScore(key: key, instances: instances).best(of: candidates, among: instances)
        case .binpack(let field): BinpackScore(field: field).best(of: candidates, among: instances)
        case .random: [candidates[random.nextIndex(below: candidates.count)]]
        }
    }
}
