package import BerthKernel
import OrderedCollections

/// Instances that come, drain and go, as capacity or a caller says.
extension ECS {
    /// Agents have registered their instances.
    ///
    /// Of clusters only `default` is made for them. Those that come together are offered together: a task is
    /// not said to wait for want of the second while the first is being filled.
    package mutating func instancesRegistered(_ all: [InstanceFacts], at now: Instant) {
        for facts in all { register(facts, at: now) }
        settle(at: now)
    }

    private mutating func register(_ facts: InstanceFacts, at now: Instant) {
        guard instanceIndex[facts.instance] == nil else { return }
        if facts.cluster == "default", clusters["default"]?.status != .active {
            addCluster("default", ClusterSpecification(), [], [], at: now)
        }
        guard clusters[facts.cluster]?.status == .active else {
            decide(
                .instance, facts.instance.description,
                "Instance \(facts.instance) cannot register: there is no active cluster \(facts.cluster).", at: now)
            return
        }
        let id = ContainerInstanceID(from: &random.instances)
        let arn = tenancy.arn("ecs", "container-instance/\(facts.cluster)/\(id.hex)")
        instances[id] = ContainerInstance(id: id, arn: arn, facts: facts, registeredAt: now)
        instanceIndex[facts.instance] = id
        offerInstance(in: facts.cluster, at: now)
    }

    /// Takes an instance out of use: its service tasks are replaced elsewhere, others are left to finish.
    package mutating func drainInstance(_ instance: InstanceID, at now: Instant) {
        guard let id = instanceIndex[instance] else { return }
        setStatus(of: id, to: .draining, at: now)
        settle(at: now)
    }

    /// An instance is gone and every task on it with it.
    package mutating func instanceTerminated(_ instance: InstanceID, at now: Instant) {
        guard let id = instanceIndex[instance], let held = instances[id] else { return }
        instances.removeValue(forKey: id)
        instanceIndex.removeValue(forKey: instance)
        for task in held.tasks {
            stop(task, .terminationNotice, "Host EC2 (instance \(instance)) terminated.", at: now)
            finish(task, at: now)
        }
        for service in services.values where service.cluster == held.facts.cluster && service.isAffectedByInstances {
            unsettled.services.append(service.key)
        }
        settle(at: now)
    }

    /// Sets instances to ACTIVE or DRAINING, as an operator does.
    ///
    /// - AWS: ECS API Reference, *UpdateContainerInstancesState*.
    package mutating func updateContainerInstancesState(
        cluster: String?, instances identifiers: [String], status: ContainerInstance.Status, at now: Instant
    ) throws(Refusal) -> (instances: [ContainerInstance], failures: [Failure]) {
        guard !identifiers.isEmpty else { throw .containerInstancesEmpty() }
        guard identifiers.count <= ECSLimits.instancesPerStateUpdate else { throw .tooManyInstances() }
        var found: [ContainerInstanceID] = []
        var failures: [Failure] = []
        for identifier in identifiers {
            if let instance = try containerInstance(identifier, cluster: cluster) {
                found.append(instance.id)
            } else {
                failures.append(.missing(identifier))
            }
        }
        for id in found { change(id, to: status, at: now) }
        settle(at: now)
        return (found.compactMap { instances[$0] }, failures)
    }

    private mutating func change(_ id: ContainerInstanceID, to status: ContainerInstance.Status, at now: Instant) {
        guard let instance = instances[id], instance.status != status else { return }
        let consequence =
            switch status {
            case .active: "takes tasks again"
            case .draining:
                "drains with \(instance.tasks.count.of("task")) on it: those of services are replaced elsewhere, "
                    + "others are left to finish"
            }
        decide(.instance, "\(instance.instance)", "Instance \(instance.instance) \(consequence).", at: now)
        setStatus(of: id, to: status, at: now)
    }

    private mutating func setStatus(
        of id: ContainerInstanceID, to status: ContainerInstance.Status, at now: Instant
    ) {
        guard let instance = instances[id], instance.status != status else { return }
        instances[id]?.status = status
        instances[id]?.version += 1
        switch status {
        case .active: offerInstance(in: instance.facts.cluster, at: now)
        case .draining:
            for task in instance.tasks {
                if let key = tasks[task]?.serviceKey { unsettled.services.append(key) }
            }
            for service in services.values where service.schedulingStrategy == .daemon {
                unsettled.services.append(service.key)
            }
            continueDraining(of: id, at: now)
        }
    }

    /// An instance can take tasks from now on.
    private mutating func offerInstance(in cluster: String, at now: Instant) {
        unsettled.clusters.append(cluster)
        for service in services.values where service.cluster == cluster && service.isAffectedByInstances {
            unsettled.services.append(service.key)
        }
    }

    /// Goes on with an instance that drains: daemons stop when nothing else is left, then it is empty.
    mutating func continueDraining(of id: ContainerInstanceID, at now: Instant) {
        guard let instance = instances[id], instance.status == .draining else { return }
        if instance.tasks.isEmpty {
            outbox.append(.instanceEmptied(instance.instance))
        } else if instance.nonDaemonTasks == 0 {
            for task in instance.tasks {
                stop(task, .serviceSchedulerInitiated, "Container instance is in DRAINING status", at: now)
            }
        }
    }

    mutating func announceOccupancy(of id: ContainerInstanceID) {
        guard let instance = instances[id] else { return }
        outbox.append(
            .occupancyChanged(
                instance.instance, nonDaemonTasks: instance.nonDaemonTasks, allTasks: instance.tasks.count))
    }
}

extension ECSService {
    /// Whether one instance more or less is a reason for a pass.
    fileprivate var isAffectedByInstances: Bool {
        schedulingStrategy == .daemon || fruitlessPasses > 0
    }
}
