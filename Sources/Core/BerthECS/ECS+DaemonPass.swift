import BerthKernel
import BerthPlacement
import OrderedCollections

/// What a daemon service has on one instance.
private struct DaemonSlot {
    let instance: ContainerInstanceID
    /// A task of the primary deployment.
    var current: TaskID?
    /// Tasks of older deployments.
    var outgoing: [TaskID] = []
}

extension ECS {
    /// Keeps one task on each ACTIVE instance that satisfies the constraints.
    ///
    /// A deployment goes instance by instance: the old task stops first, as far as the minimum of healthy tasks
    /// allows, and the new one takes its place.
    ///
    /// - AWS: ECS Developer Guide, *Daemon scheduling strategy*.
    mutating func passDaemons(_ key: ServiceKey, at now: Instant) {
        guard let service = services[key], let primary = service.primary else { return }
        let slots = slots(of: service)
        let census = census(of: service, at: now)
        setDaemonCount(of: key, to: slots.count)
        let bounds = RolloutBounds(desired: slots.count, service.deploymentConfiguration)
        var spare = census.healthyCount - bounds.lower
        let isThrottled = primary.throttledUntil.map { $0 > now } ?? false
        var stops: [TaskID] = []
        var free: [ContainerInstanceID] = []
        for slot in slots {
            for task in slot.outgoing where slot.current != nil || tasks[task]?.isRunning == false || spare > 0 {
                if slot.current == nil, tasks[task]?.isRunning == true { spare -= 1 }
                stops.append(task)
            }
            if slot.current == nil, slot.outgoing.allSatisfy(stops.contains) { free.append(slot.instance) }
        }
        stopAll(stops, of: key, scalingReason(primary.id), at: now)
        if !isThrottled, primary.rolloutState != .failed { startDaemons(on: free, of: key, at: now) }
    }

    private mutating func startDaemons(on free: [ContainerInstanceID], of key: ServiceKey, at now: Instant) {
        var started: [TaskID] = []
        services[key]?.fruitlessPasses = 0
        for instance in free {
            guard let draft = draft(of: key, deployment: 0) else { return }
            let (id, outcome) = placeOnlyOn(instance, draft, at: now)
            if let id {
                started.append(id)
            } else {
                services[key]?.fruitlessPasses = 1
                complain(unplacedText(key.service, outcome, throughProvider: false), for: key, at: now)
            }
        }
        guard !started.isEmpty else { return }
        record(ServiceEventText.started(key.service, started), for: key, at: now)
        decide(
            .service, key.service,
            "Daemon service \(key.service) starts \(started.count.of("task")), one on each instance without.", at: now)
    }

    /// The instances that should run the daemon, and what they run of it.
    private func slots(of service: ECSService) -> [DaemonSlot] {
        guard let draft = draft(of: service.key, deployment: 0) else { return [] }
        let constraints = draft.placement.constraints
        let eligible = instances.values.filter { instance in
            instance.facts.cluster == service.cluster && instance.status == .active
                && isEligible(instance, constraints: constraints, group: service.group)
        }
        var slots = eligible.map { DaemonSlot(instance: $0.id) }
        for id in service.tasks {
            guard let task = tasks[id], task.isWanted, let instance = task.containerInstance,
                let index = slots.firstIndex(where: { $0.instance == instance })
            else { continue }
            if task.startedBy == service.primary?.id {
                slots[index].current = id
            } else {
                slots[index].outgoing.append(id)
            }
        }
        return slots
    }

    /// Whether the constraints allow the instance, whatever room it has.
    private func isEligible(
        _ instance: ContainerInstance, constraints: [PlacementConstraint], group: String
    ) -> Bool {
        let empty = InstanceSnapshot(
            id: instance.id, instance: instance.instance, instanceType: instance.facts.instanceType,
            zone: instance.zone, remaining: instance.facts.resources, attributes: instance.facts.attributes,
            taskGroups: Array(instance.groups.keys), registeredAt: instance.registeredAt)
        var unused = random.placement
        let request = PlacementRequest(needs: ResourceNeeds(), strategies: [], constraints: constraints)
        return place(request, on: [empty], random: &unused).chosen != nil
    }

    private mutating func setDaemonCount(of key: ServiceKey, to count: Int) {
        guard services[key]?.desiredCount != count else { return }
        services[key]?.desiredCount = count
        services[key]?.deployments[0].desiredCount = count
        unsettled.counts.append(key)
    }
}
