import BerthKernel
import BerthPlacement
import OrderedCollections

/// Everything a new task is made from.
struct TaskDraft {
    var cluster: Cluster
    var definition: TaskDefinition
    var group: String
    var service: String?
    var startedBy: String?
    var isDaemon = false
    var launchType: LaunchType
    var provider: String?
    var placement: TaskPlacement
    var overrides = TaskOverrides()
    var tags: [Tag] = []

    var needs: ResourceNeeds { definition.specification.needs(overrides) }

    /// How the task gets its machine.
    func route(_ providers: (String) -> ProviderFacts?) -> LaunchRoute {
        if launchType == .fargate { return .fargate }
        guard let provider, let facts = providers(provider) else { return .instanceNow }
        return facts.scalesItself ? .instanceEventually : .instanceNow
    }
}

/// How a task gets its machine.
enum LaunchRoute {
    /// A machine of its own, after a moment.
    case fargate
    /// An instance, and if none has room it waits in PROVISIONING for its provider to grow.
    case instanceEventually
    /// An instance that has room now, or there is no task.
    case instanceNow
}

extension ECS {
    /// Adds the task in PROVISIONING.
    ///
    /// It still needs its machine.
    mutating func addTask(_ draft: TaskDraft, at now: Instant) -> TaskID {
        let id = TaskID(from: &random.tasks)
        let arn = tenancy.arn("ecs", "task/\(draft.cluster.name)/\(id.hex)")
        var task = ECSTask(
            id: id, arn: arn, cluster: draft.cluster.name, group: draft.group, definition: draft.definition.key,
            service: draft.service, startedBy: draft.startedBy, isDaemon: draft.isDaemon,
            launchType: draft.launchType, capacityProvider: draft.provider, needs: draft.needs,
            placement: draft.placement, overrides: draft.overrides, tags: draft.tags, createdAt: now,
            lastStatus: .provisioning)
        for definition in draft.definition.specification.containersInStartOrder {
            let container = draft.overrides.applied(to: definition)
            task.containers.append(
                TaskContainer(
                    id: UniqueID(from: &random.containers), name: container.name, image: container.image,
                    isEssential: container.isEssential, cpu: container.cpu, memory: container.memory,
                    memoryReservation: container.memoryReservation))
        }
        tasks[id] = task
        if let key = task.serviceKey { services[key]?.tasks.append(id) }
        count(nil, task)
        return id
    }

    /// Makes the task wait for an instance of its provider, for as long as AWS lets it.
    mutating func awaitInstance(_ id: TaskID, at now: Instant) {
        waiting.append(id)
        setDeadline(of: id, to: now + pace(settings.provisioningTimeout))
        if let cluster = tasks[id]?.cluster { unsettled.clusters.append(cluster) }
    }

    /// Gives the task a machine of Fargate's: it takes a moment and is in the zone with the fewest of its group.
    mutating func provisionOnFargate(_ id: TaskID, at now: Instant) {
        guard let task = tasks[id] else { return }
        let subnets = task.placement.network?.zones ?? []
        let zones = subnets.isEmpty ? ["a", "b", "c"].map { tenancy.region + $0 } : subnets
        let group = tasks.values.filter { $0.group == task.group && $0.cluster == task.cluster && $0.isWanted }
        let counts = zones.map { zone in group.count { $0.zone == zone } }
        let least = counts.indices.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0
        change(id, at: now) { $0.zone = zones[least] }
        setDeadline(of: id, to: now + pace(settings.fargateProvisioning))
        decide(
            .task, id.hex,
            "\(task.sentenceName) gets a Fargate machine in \(zones[least]), where \(counts[least]) "
                + "of its group run, the fewest of its zones.", at: now)
    }

    mutating func setDeadline(of id: TaskID, to deadline: Instant?) {
        tasks[id]?.deadline = deadline
        if let deadline { agenda.add(.task(id), at: deadline) }
    }
}

extension ECSTask {
    var serviceKey: ServiceKey? {
        service.map { ServiceKey(cluster: cluster, service: $0) }
    }
}
