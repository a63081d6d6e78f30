import BerthKernel
import BerthPlacement
import OrderedCollections

/// What distinguishes searches for an instance: searches with equal keys find the same.
private struct SearchKey: Hashable {
    let provider: String?
    let group: String
    let needs: ResourceNeeds
    let placement: TaskPlacement
}

/// The instances of one provider as one group sees them, kept true while tasks are placed on them.
private struct PlacementView {
    let provider: String?
    let group: String
    var snapshots: [InstanceSnapshot]

    func shows(_ key: SearchKey) -> Bool { provider == key.provider && group == key.group }
}

extension ECS {
    /// Looks for an instance for every task of the cluster that waits for one, oldest first.
    ///
    /// Placing only takes room away, so a search that failed need not be repeated for the same needs.
    mutating func placeWaitingTasks(in cluster: String, at now: Instant) {
        var view: PlacementView?
        var failed: [SearchKey: WaitingReason] = [:]
        for id in waiting.filter({ tasks[$0]?.cluster == cluster }) {
            guard let task = tasks[id] else { continue }
            let key = SearchKey(
                provider: task.capacityProvider, group: task.group, needs: task.needs, placement: task.placement)
            if let reason = failed[key] {
                tasks[id]?.waiting = reason
                continue
            }
            if view.map({ !$0.shows(key) }) ?? true {
                view = PlacementView(
                    provider: key.provider, group: key.group,
                    snapshots: snapshots(cluster: cluster, provider: key.provider, group: key.group))
            }
            let outcome = search(key, on: view?.snapshots ?? [])
            if let chosen = outcome.chosen, let instance = view?.snapshots[chosen] {
                decidePlacement(of: task, on: instance, among: view?.snapshots.count ?? 0, outcome, at: now)
                view?.snapshots[chosen].reserve(task.needs)
                assign(id, to: instance.id, at: now)
            } else {
                failed[key] = keepWaiting(task, outcome, at: now)
            }
        }
    }

    /// Looks for an instance for a task that exists only if there is one.
    mutating func placeNow(_ draft: TaskDraft, at now: Instant) -> (task: TaskID?, outcome: PlacementOutcome) {
        let key = SearchKey(
            provider: draft.provider, group: draft.group, needs: draft.needs, placement: draft.placement)
        let candidates = snapshots(cluster: draft.cluster.name, provider: draft.provider, group: draft.group)
        let outcome = search(key, on: candidates)
        guard let chosen = outcome.chosen else { return (nil, outcome) }
        let id = addTask(draft, at: now)
        if let task = tasks[id] {
            decidePlacement(of: task, on: candidates[chosen], among: candidates.count, outcome, at: now)
        }
        assign(id, to: candidates[chosen].id, at: now)
        return (id, outcome)
    }

    /// Whether this one instance can take a task of the draft, and the task if so.
    mutating func placeOnlyOn(
        _ instance: ContainerInstanceID, _ draft: TaskDraft, at now: Instant
    ) -> (task: TaskID?, outcome: PlacementOutcome) {
        let key = SearchKey(
            provider: draft.provider, group: draft.group, needs: draft.needs, placement: draft.placement)
        guard let candidate = instances[instance].map({ snapshot(of: $0, group: draft.group) }) else {
            return (nil, PlacementOutcome())
        }
        let outcome = search(key, on: [candidate])
        guard outcome.chosen != nil else { return (nil, outcome) }
        let id = addTask(draft, at: now)
        assign(id, to: instance, at: now)
        return (id, outcome)
    }

    /// The cluster's ACTIVE instances of a provider, or of any when none is named, as `group` sees them.
    private func snapshots(cluster: String, provider: String?, group: String) -> [InstanceSnapshot] {
        instances.values.compactMap { instance in
            guard instance.facts.cluster == cluster, instance.status == .active,
                provider == nil || instance.facts.capacityProvider == provider
            else { return nil }
            return snapshot(of: instance, group: group)
        }
    }

    private func snapshot(of instance: ContainerInstance, group: String) -> InstanceSnapshot {
        InstanceSnapshot(
            id: instance.id, instance: instance.instance, instanceType: instance.facts.instanceType,
            zone: instance.zone, remaining: instance.scheduled.remaining,
            usedTCPPorts: instance.scheduled.usedTCPPorts, usedUDPPorts: instance.scheduled.usedUDPPorts,
            attributes: instance.facts.attributes, tasksOfGroup: instance.groups[group, default: 0],
            tasksTotal: instance.tasks.count, taskGroups: Array(instance.groups.keys),
            registeredAt: instance.registeredAt)
    }

    private mutating func search(_ key: SearchKey, on snapshots: [InstanceSnapshot]) -> PlacementOutcome {
        let zones = key.placement.network?.zones ?? []
        let request = PlacementRequest(
            needs: key.needs, strategies: key.placement.strategies, constraints: key.placement.constraints,
            zones: zones.isEmpty ? nil : zones)
        return place(request, on: snapshots, random: &random.placement)
    }

    private mutating func decidePlacement(
        of task: ECSTask, on instance: InstanceSnapshot, among count: Int, _ outcome: PlacementOutcome,
        at now: Instant
    ) {
        let name = instance.instance?.description ?? instance.id.hex
        decide(
            .placement, task.id.hex,
            "\(task.sentenceName) goes to \(name) (\(instance.instanceType), \(instance.zone)), "
                + "\(Self.choiceText(count - outcome.verdicts.count, among: count)): it needs "
                + "\(task.needs.sentencePart), and \(instance.remaining.cpu) and \(instance.remaining.memory) MiB "
                + "were left there.", at: now)
    }

    private static func choiceText(_ fitting: Int, among count: Int) -> String {
        switch (fitting, count) {
        case (_, 1): "the only instance"
        case (1, _): "the only one of \(count) instances with room"
        case (count, _): "one of \(count) instances with room"
        default: "one of \(fitting) with room among \(count) instances"
        }
    }

    /// Notes why the task goes on waiting, and says so when it is for another reason than before.
    private mutating func keepWaiting(
        _ task: ECSTask, _ outcome: PlacementOutcome, at now: Instant
    ) -> WaitingReason {
        let reason = waitingReason(outcome, provider: task.capacityProvider)
        tasks[task.id]?.waiting = reason
        if task.waiting != reason {
            decide(.placement, task.id.hex, "\(task.sentenceName) waits: \(reason.sentence)", at: now)
        }
        if let key = task.serviceKey {
            note(unplacedText(key.service, outcome, throughProvider: true), for: key, at: now)
        }
        return reason
    }

    private func waitingReason(_ outcome: PlacementOutcome, provider: String?) -> WaitingReason {
        let place = provider.map { "capacity provider \($0)" } ?? "the cluster"
        guard let closest = outcome.closest else {
            return WaitingReason(
                stoppedReason: "EMPTY CAPACITY PROVIDER",
                sentence: "no container instance is registered in \(place).")
        }
        let name = instances[closest.instance]?.instance.description ?? closest.instance.hex
        return WaitingReason(
            stoppedReason: closest.reason.failureReason,
            sentence: "none of \(outcome.verdicts.count.of("instance")) of \(place) will do; on the closest, \(name), "
                + "it \(closest.reason.explanation).")
    }

    /// The service event about a task without an instance.
    func unplacedText(_ service: String, _ outcome: PlacementOutcome, throughProvider: Bool) -> String {
        guard let closest = outcome.closest else {
            return ServiceEventText.noInstances(service, throughProvider: throughProvider)
        }
        return ServiceEventText.noMatch(service, closest: closest.instance, closest.reason.eventText)
    }
}
