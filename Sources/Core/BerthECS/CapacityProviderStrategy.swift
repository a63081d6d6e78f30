import BerthKernel

/// One line of a capacity provider strategy.
package struct CapacityProviderStrategyItem: Hashable, Codable, Sendable {
    package var provider: String
    /// Share of the tasks beyond the bases.
    ///
    /// Zero through the API when omitted, and then the item gets none.
    package var weight: Int
    /// Tasks of a service that this provider gets before weights count.
    ///
    /// At most one item may have one.
    package var base: Int

    package init(_ provider: String, weight: Int = 0, base: Int = 0) {
        self.provider = provider
        self.weight = weight
        self.base = base
    }
}

/// Decides which provider the next task of a deployment goes to.
///
/// First the base, then the provider whose share would be smallest per weight; earlier items win ties. One
/// task at a time, so growing from 10 to 22 tasks continues the split instead of starting it anew. A provider
/// that has no room keeps its tasks waiting: nothing spills over to another.
///
/// - AWS: ECS Developer Guide, *Capacity provider strategy*; the rule reproduces every split AWS published.
package func decideProvider(
    of strategy: [CapacityProviderStrategyItem], count: (String) -> Int
) -> CapacityProviderStrategyItem? {
    if strategy.count == 1 { return strategy.first }
    if let needy = strategy.first(where: { $0.base > count($0.provider) }) { return needy }
    var best: CapacityProviderStrategyItem?
    for item in strategy where item.weight > 0 {
        guard let leader = best else {
            best = item
            continue
        }
        let share = (item.beyondBase(count(item.provider)) + 1) * leader.weight
        let leading = (leader.beyondBase(count(leader.provider)) + 1) * item.weight
        if share < leading { best = item }
    }
    return best
}

/// Decides which provider should lose the next task: the one furthest above its weighted share.
///
/// AWS publishes no rule for scale-in; this one keeps the ratio that scale-out made. Later items lose ties, so
/// shrinking walks back the way growing came.
package func decideProviderToShrink(
    of strategy: [CapacityProviderStrategyItem], among candidates: [String], count: (String) -> Int
) -> String? {
    if let foreign = candidates.first(where: { name in !strategy.contains { $0.provider == name } }) { return foreign }
    var worst: (provider: String, load: Double)?
    for item in strategy where candidates.contains(item.provider) {
        let load = item.load(of: count(item.provider))
        if load >= worst?.load ?? 0 { worst = (item.provider, load) }
    }
    return worst?.provider
}

extension CapacityProviderStrategyItem {
    /// Tasks that the weight accounts for when the provider holds `count`.
    fileprivate func beyondBase(_ count: Int) -> Int {
        count - min(base, count)
    }

    /// Tasks beyond the base per weight; without a weight, any such task is too many.
    fileprivate func load(of count: Int) -> Double {
        let tasks = beyondBase(count)
        return tasks == 0 ? 0 : weight == 0 ? .infinity : Double(tasks) / Double(weight)
    }
}
