import BerthKernel
import BerthPlacement
import OrderedCollections

/// A task that scale-in may choose, with what the choice looks at.
private struct ScaleInCandidate {
    let id: TaskID
    let isStarting: Bool
    let provider: String?
    let instance: ContainerInstanceID?
    let needs: ResourceNeeds
    /// For each strategy of the service, the value the task is counted under.
    let keys: [String]
}

/// How many tasks there are of each value, kept true while victims are chosen.
///
/// Only looked up, never iterated.
private struct ScaleInTally {
    var byKey: [[String: Int]]
    var byProvider: [String: Int] = [:]
    var freed: [ContainerInstanceID: ResourceNeeds] = [:]

    init(_ candidates: [ScaleInCandidate], strategies: Int) {
        byKey = Array(repeating: [:], count: strategies)
        for candidate in candidates { count(candidate, 1) }
    }

    mutating func count(_ candidate: ScaleInCandidate, _ change: Int) {
        for (index, key) in candidate.keys.enumerated() { byKey[index][key, default: 0] += change }
        if let provider = candidate.provider { byProvider[provider, default: 0] += change }
        if change < 0, let instance = candidate.instance {
            freed[instance, default: ResourceNeeds()].cpu += candidate.needs.cpu
            freed[instance, default: ResourceNeeds()].memory += candidate.needs.memory
        }
    }
}

extension ECS {
    /// Decides which tasks scale-in stops: placement backwards.
    ///
    /// Protected tasks never; tasks that do not run yet first; then from the provider furthest above its share;
    /// then from the zone and the instance with the most tasks of the service, or, where the service packs, the
    /// task whose instance would be left emptiest. Age plays no part, and what is equal is drawn by lot.
    ///
    /// - AWS: ECS API Reference, *UpdateService* (reference, ECS 3.5).
    mutating func decideVictims(
        _ count: Int, of service: ECSService, among members: [ReplicaCensus.Member]
    ) -> [TaskID] {
        guard count > 0 else { return [] }
        let strategies =
            service.placementStrategies.isEmpty ? PlacementStrategy.serviceDefault : service.placementStrategies
        let all = members.compactMap { candidate($0, strategies) }
        let protected = members.filter(\.isProtected).map(\.id)
        var tally = ScaleInTally(all, strategies: strategies.count)
        var pool = all.filter { !protected.contains($0.id) }
        var victims: [TaskID] = []
        while victims.count < count, !pool.isEmpty {
            let choice = narrow(pool, service, strategies, tally)
            let victim = choice[random.victims.nextIndex(below: choice.count)]
            pool.removeAll { $0.id == victim.id }
            tally.count(victim, -1)
            victims.append(victim.id)
        }
        return victims
    }

    private func candidate(_ member: ReplicaCensus.Member, _ strategies: [PlacementStrategy]) -> ScaleInCandidate? {
        guard let task = tasks[member.id] else { return nil }
        let instance = task.containerInstance.flatMap { instances[$0] }
        return ScaleInCandidate(
            id: task.id, isStarting: !task.isRunning, provider: task.capacityProvider,
            instance: task.containerInstance, needs: task.needs,
            keys: strategies.map { strategy in
                switch strategy {
                case .spread(.zone): task.zone ?? ""
                case .spread(.instance): task.containerInstance?.hex ?? ""
                case .spread(.attribute(let name)):
                    instance?.facts.attributes.first { $0.name == name }?.value ?? ""
                case .binpack, .random: ""
                }
            })
    }

    /// The candidates that every rule likes equally.
    private func narrow(
        _ pool: [ScaleInCandidate], _ service: ECSService, _ strategies: [PlacementStrategy], _ tally: ScaleInTally
    ) -> [ScaleInCandidate] {
        var choice = pool
        if choice.contains(where: \.isStarting) { choice = choice.filter(\.isStarting) }
        if settings.restoresStrategyOnScaleIn, let strategy = service.primary?.revision.strategy, !strategy.isEmpty {
            let provider = decideProviderToShrink(of: strategy, among: choice.compactMap(\.provider)) {
                tally.byProvider[$0] ?? 0
            }
            choice = choice.filter { $0.provider == provider }
        }
        for (index, strategy) in strategies.enumerated() where choice.count > 1 {
            switch strategy {
            case .spread: choice = choice.most { tally.byKey[index][$0.keys[index]] ?? 0 }
            case .binpack(let field): choice = choice.most { left(on: $0, field, tally) }
            case .random: break
            }
        }
        return choice
    }

    /// What the candidate's instance would have left once the candidate is gone.
    private func left(
        on candidate: ScaleInCandidate, _ field: PlacementStrategy.BinpackField, _ tally: ScaleInTally
    ) -> Int {
        guard let id = candidate.instance, let remaining = instances[id]?.scheduled.remaining else { return 0 }
        let freed = tally.freed[id] ?? ResourceNeeds()
        switch field {
        case .cpu: return remaining.cpu + freed.cpu + candidate.needs.cpu
        case .memory: return remaining.memory + freed.memory + candidate.needs.memory
        }
    }
}

extension [ScaleInCandidate] {
    /// The elements with the highest score.
    fileprivate func most(_ score: (ScaleInCandidate) -> Int) -> [ScaleInCandidate] {
        let scores = map(score)
        let highest = scores.max()
        return indices.filter { scores[$0] == highest }.map { self[$0] }
    }
}
