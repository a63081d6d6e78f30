package import BerthKernel
import OrderedCollections

extension Capacity {
    /// Notes how many tasks an instance holds.
    ///
    /// With managed termination protection, work protects the instance at once; see
    /// ``publishReservation(provider:demand:at:)`` for the other direction.
    package mutating func observeOccupancy(
        _ id: InstanceID, nonDaemonTasks: Int, allTasks: Int, at now: Instant
    ) {
        guard var instance = instances[id] else { return }
        if let since = instance.busySince, nonDaemonTasks == 0 {
            instance.busyTime += now - since
            instance.busySince = nil
        } else if instance.busySince == nil, nonDaemonTasks > 0, instance.stoppedAt == nil {
            instance.busySince = now
        }
        instance.nonDaemonTasks = nonDaemonTasks
        instance.allTasks = allTasks
        if nonDaemonTasks > 0, instance.provider.flatMap({ providers[$0] })?.protectsBusyInstances == true {
            instance.isProtected = true
        }
        instances[id] = instance
    }

    /// Lets an instance go that ECS has emptied.
    ///
    /// Says nothing to instances that are not being drained.
    package mutating func instanceDrained(_ id: InstanceID, at now: Instant) {
        guard instances[id]?.lifecycle == .draining else { return }
        let reason = instances[id]?.leavesBecause ?? "all its tasks have stopped"
        shutDown(id, reason: reason, cause: nil, at: now)
    }

    mutating func startInstance(
        _ order: LaunchOrder, for group: AutoScalingGroup, from blueprint: Blueprint, at now: Instant
    ) -> Instance {
        let data = blueprint.version.data
        let userData = UserData(data.userData)
        let id = InstanceID(from: &streams.instances)
        let factor = order.isSpot ? settings.spotPriceFactor : 1
        let subnets = group.specification.subnets
        let subnet =
            subnets.first { network.zone(ofSubnet: $0) == order.zone } ?? network.subnet(inZone: order.zone)?.id ?? ""
        let groupTags = group.specification.tags.filter(\.propagatesAtLaunch).map { Tag(key: $0.key, value: $0.value) }
        let instance = Instance(
            id: id, type: order.type.name, zone: order.zone, subnet: subnet,
            imageID: data.imageID ?? "ami-0" + hexDigits(0, 16), group: group.name,
            launchTemplate: blueprint.template.id, launchTemplateVersion: blueprint.version.number,
            isSpot: order.isSpot, hourlyPrice: order.type.hourlyPrice * factor, cluster: userData.cluster,
            tags: data.tags + groupTags + [Tag(key: "aws:autoscaling:groupName", value: group.name)],
            launchedAt: now, isLaunchedByPolicy: order.isPolicy, attributes: userData.attributes,
            isProtected: group.specification.newInstancesProtected)
        instances[id] = instance
        groups[group.name]?.members.append(id)
        agenda.add(.running(id), at: now + pace(settings.launchDuration))
        addActivity(
            to: group.name, instance: id, description: "Launching a new EC2 instance: \(id)", cause: order.cause,
            zone: order.zone, status: .preInService, at: now)
        decide(
            .instance, "\(id)",
            "Instance \(id) (\(order.type.name)\(order.isSpot ? ", Spot" : "")) starts in \(order.zone): group "
                + "\(group.name) wants \(counted(group.desiredCapacity, "instance")) and had \(order.had).", at: now)
        return instance
    }

    mutating func instanceRuns(_ id: InstanceID, at now: Instant) {
        guard let instance = instances[id], instance.lifecycle == .pending else { return }
        instances[id]?.lifecycle = .inService
        instances[id]?.runningAt = now
        agenda.add(.registered(id), at: now + pace(settings.registrationDuration))
        finishActivities(of: id, in: instance.group, at: now)
    }

    /// The agent registers with the cluster of the user data.
    ///
    /// The provider is looked up only now: an instance launched shortly before its group's provider was
    /// associated still counts, as it does on AWS.
    mutating func instanceRegisters(_ id: InstanceID, at now: Instant) {
        guard var instance = instances[id], instance.lifecycle == .inService,
            let type = InstanceType.named(instance.type)
        else { return }
        let provider = providers.values.first {
            $0.group == instance.group && $0.clusters.contains(instance.cluster)
        }
        instance.provider = provider?.name
        instance.registeredAt = now
        instances[id] = instance
        let facts = InstanceFacts(
            instance: id, cluster: instance.cluster, capacityProvider: provider?.name, instanceType: instance.type,
            zone: instance.zone, resources: type.registeredResources(settings),
            attributes: AgentAttributes.all(of: instance, type: type, vpc: network.vpc, custom: instance.attributes))
        outbox.append(.instanceRegistered(facts))
        let seconds = Int(((now - instance.launchedAt).inSeconds * Double(pace.factor)).rounded())
        decide(
            .instance, "\(id)",
            "Instance \(id) (\(instance.type), \(instance.zone)) registers with cluster \(instance.cluster) "
                + (provider.map { "for capacity provider \($0.name) " } ?? "")
                + "\(seconds) s after its launch, with \(facts.resources.cpu) CPU units and "
                + "\(facts.resources.memory) MiB of memory.", at: now)
    }

    /// Begins the end of an instance: drained first where its provider asks for that, else at once.
    mutating func terminate(_ id: InstanceID, reason: String, cause: String, at now: Instant) {
        guard let instance = instances[id], instance.isLive else { return }
        let isDrained =
            instance.registeredAt != nil && instance.provider.flatMap { providers[$0] }?.drainsInstances == true
        guard isDrained else { return shutDown(id, reason: reason, cause: cause, at: now) }
        instances[id]?.lifecycle = .draining
        instances[id]?.leavesBecause = reason
        agenda.add(.drainEnds(id), at: now + pace(CapacityLimits.longestDrain))
        addActivity(
            to: instance.group, instance: id, description: "Terminating EC2 instance: \(id)", cause: cause,
            zone: instance.zone, status: .midLifecycleAction, at: now)
        outbox.append(.instanceDraining(id))
        // An empty one is gone at once, and then that is said.
        guard instance.allTasks > 0 else { return }
        decide(
            .instance, "\(id)",
            "Instance \(id) is drained of \(counted(instance.allTasks, "task")) before it is terminated: \(reason).",
            at: now)
    }

    mutating func drainEnds(_ id: InstanceID, at now: Instant) {
        guard instances[id]?.lifecycle == .draining else { return }
        shutDown(id, reason: "48 h of draining are over", cause: nil, at: now)
    }

    /// Ends an instance.
    ///
    /// Without a cause, the activity that began with draining goes on.
    mutating func shutDown(_ id: InstanceID, reason: String, cause: String?, at now: Instant) {
        guard var instance = instances[id], instance.isLive || instance.lifecycle == .draining else { return }
        instance.busyTime = instance.busyTime(at: now)
        instance.busySince = nil
        instance.lifecycle = .terminating
        instance.stoppedAt = now
        instances[id] = instance
        ledger.add(instance, pace: pace, at: now)
        agenda.add(.terminated(id), at: now + pace(settings.shutdownDuration))
        if let cause {
            addActivity(
                to: instance.group, instance: id, description: "Terminating EC2 instance: \(id)", cause: cause,
                zone: instance.zone, status: .inProgress, at: now)
        }
        if instance.registeredAt != nil { outbox.append(.instanceTerminated(id)) }
        decide(
            .instance, "\(id)",
            "Instance \(id) is terminated with "
                + "\(instance.allTasks == 0 ? "no task" : counted(instance.allTasks, "task")) on it: \(reason).",
            at: now)
    }

    mutating func instanceIsTerminated(_ id: InstanceID, at now: Instant) {
        guard let instance = instances[id] else { return }
        instances[id]?.lifecycle = .terminated
        instances[id]?.terminatedAt = now
        agenda.add(.forgotten(id), at: now + CapacityLimits.terminatedRetention)
        finishActivities(of: id, in: instance.group, at: now)
        groups[instance.group]?.members.remove(id)
        removeGroupIfEmpty(instance.group)
    }

    mutating func removeGroupIfEmpty(_ name: String) {
        guard let group = groups[name], group.isDeleting, group.members.isEmpty else { return }
        groups.removeValue(forKey: name)
        outbox.append(.groupRemoved(name))
    }

    mutating func addActivity(
        to group: String, instance: InstanceID?, description: String, cause: String, zone: String?,
        status: ScalingActivity.Status, message: String? = nil, at now: Instant
    ) {
        let activity = ScalingActivity(
            id: UniqueID(from: &streams.activities), group: group, instance: instance, description: description,
            cause: cause, subnet: instance.flatMap { instances[$0]?.subnet }, zone: zone, startedAt: now,
            endedAt: status == .failed ? now : nil, status: status, statusMessage: message)
        groups[group]?.activities.append(activity)
        let surplus = (groups[group]?.activities.count ?? 0) - CapacityLimits.activitiesKept
        if surplus > 0 { groups[group]?.activities.removeFirst(surplus) }
    }

    private mutating func finishActivities(of id: InstanceID, in group: String, at now: Instant) {
        guard let activities = groups[group]?.activities else { return }
        for index in activities.indices where activities[index].instance == id && activities[index].endedAt == nil {
            groups[group]?.activities[index].status = .successful
            groups[group]?.activities[index].endedAt = now
        }
    }
}
