import BerthKernel

extension Capacity {
    /// The instance a shrinking group gives up; `nil` when all are protected.
    ///
    /// The fullest zone that has an unprotected instance comes before every policy. A mixed group then keeps
    /// its share of on-demand instances. Of equals a random one goes.
    ///
    /// - AWS: EC2 Auto Scaling User Guide, *Configure termination policies*.
    mutating func chooseForTermination(among members: [Instance], of group: AutoScalingGroup) -> Instance? {
        var candidates = members.filter { !$0.isProtected }
        guard !candidates.isEmpty else { return nil }
        let balance = ZoneBalance(zones: zones(of: group), members: members)
        let fullest = candidates.map { balance.count(in: $0.zone) }.max() ?? 0
        candidates.removeAll { balance.count(in: $0.zone) < fullest }
        if let oldest = candidates.map(\.launchTemplateVersion).min(),
            let zone = candidates.first(where: { $0.launchTemplateVersion == oldest })?.zone
        {
            candidates.removeAll { $0.zone != zone }
        }
        candidates = alignedWithPurchaseOptions(candidates, members: members, group: group)
        for policy in group.specification.terminationPolicies where candidates.count > 1 {
            candidates = policy.refine(candidates)
        }
        guard candidates.count > 1 else { return candidates.first }
        return candidates[streams.ties.nextIndex(below: candidates.count)]
    }

    private func alignedWithPurchaseOptions(
        _ candidates: [Instance], members: [Instance], group: AutoScalingGroup
    ) -> [Instance] {
        guard case .mixed(let mixed)? = group.specification.launch else { return candidates }
        let onDemand = members.count { !$0.isSpot }
        let givesUpSpot = onDemand <= mixed.onDemandCount(of: members.count - 1)
        let aligned = candidates.filter { $0.isSpot == givesUpSpot }
        return aligned.isEmpty ? candidates : aligned
    }
}

extension TerminationPolicy {
    /// The instances this policy would rather give up, or all of them when it cannot tell.
    fileprivate func refine(_ candidates: [Instance]) -> [Instance] {
        switch self {
        case .default, .oldestLaunchTemplate:
            let oldest = candidates.map(\.launchTemplateVersion).min()
            return candidates.filter { $0.launchTemplateVersion == oldest }
        case .oldestInstance:
            let oldest = candidates.map(\.launchedAt).min()
            return candidates.filter { $0.launchedAt == oldest }
        case .newestInstance:
            let newest = candidates.map(\.launchedAt).max()
            return candidates.filter { $0.launchedAt == newest }
        case .oldestLaunchConfiguration, .closestToNextInstanceHour, .allocationStrategy:
            // No launch configurations here, seconds are billed, and purchase options are aligned before.
            return candidates
        }
    }
}
