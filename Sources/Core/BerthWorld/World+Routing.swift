import BerthCapacity
import BerthECS
import BerthKernel
import BerthMetrics
import BerthQueues
import BerthScaling
import BerthStacks
import OrderedCollections

extension World {
    /// More rounds than any chain of causes has links; reaching it means that two machines argue.
    static let roundLimit = 1_000

    /// Passes what the machines say to each other until all are quiet.
    ///
    /// The order is that of the causes: a queue makes a metric, a metric an alarm, an alarm a desired
    /// count, a desired count tasks, tasks instances. What an instance causes starts the next round.
    mutating func settle() {
        for _ in 0..<Self.roundLimit {
            var isQuiet = routeQueues()
            isQuiet = routeMetrics() && isQuiet
            isQuiet = routeScaling() && isQuiet
            var isUnmoved = routeECS()
            isUnmoved = routeCapacity() && isUnmoved
            isQuiet = routeStacks() && isUnmoved && isQuiet
            // Counting looks at every task: not for a message more or less.
            if !isUnmoved { tally.observe(ecs: ecs, capacity: capacity) }
            if isQuiet { return }
            reviewUnsettledResources()
        }
        preconditionFailure("the machines of the world did not come to rest in \(Self.roundLimit) rounds")
    }

    private mutating func routeQueues() -> Bool {
        let events = queues.drain()
        for event in events {
            switch event {
            case .received(let waiter, let messages): effects.append(.answerReceive(waiter: waiter, messages))
            case .released(let payloads): effects.append(.releasePayloads(payloads))
            case .sample(let sample): metrics.put([sample], at: now)
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    private mutating func routeMetrics() -> Bool {
        let events = metrics.drain()
        for event in events {
            switch event {
            case .transitioned: break
            case .invoked(let action, let trigger):
                if action.contains(":autoScalingGroupName/") {
                    capacity.invoke(policyARN: action, trigger, at: now)
                } else if action.contains(":scalingPolicy:") {
                    scaling.invoke(policyARN: action, trigger, at: now)
                }
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    private mutating func routeScaling() -> Bool {
        let events = scaling.drain()
        for event in events {
            switch event {
            case .setDesiredCount(let resourceID, let count, _, _):
                ecs.serviceScaled(resourceID: resourceID, count: count, message: nil, at: now)
            case .fulfilled(let resourceID, _, let message):
                ecs.serviceScaled(resourceID: resourceID, count: nil, message: message, at: now)
            case .actionFailed(let alarm, let policyARN, let error):
                metrics.actionFailed(alarm: alarm, action: policyARN, error: error, at: now)
            case .alarmWanted(let definition): want(definition)
            case .alarmUnwanted(let name): metrics.deleteAlarms([name], at: now)
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    private mutating func routeECS() -> Bool {
        let events = ecs.drain()
        for event in events {
            switch event {
            case .startTask(let launch): effects.append(.startTask(launch))
            case .stopTask(let task, let generation): effects.append(.stopTask(task, generation: generation))
            case .taskStopped(let task): noteStopped(task)
            case .countsChanged(let cluster, let service): observeService(service, in: cluster)
            case .occupancyChanged(let instance, let nonDaemonTasks, let allTasks):
                capacity.observeOccupancy(instance, nonDaemonTasks: nonDaemonTasks, allTasks: allTasks, at: now)
            case .instanceEmptied(let instance): capacity.instanceDrained(instance, at: now)
            case .providersAssociated(let cluster, let added, let removed):
                for provider in removed { capacity.dissociate(provider: provider, cluster: cluster, at: now) }
                for provider in added { capacity.associate(provider: provider, cluster: cluster, at: now) }
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    private mutating func routeCapacity() -> Bool {
        let events = capacity.drain()
        var registered = events.compactMap(\.registeredInstance)
        for event in events {
            switch event {
            case .providerChanged(let facts): ecs.providerChanged(facts, at: now)
            case .providerRemoved(let name): ecs.providerChanged(.removed(name), at: now)
            case .groupRemoved: break
            case .instanceRegistered:
                // All that registered at this moment together, with the first of them.
                ecs.instancesRegistered(registered, at: now)
                registered = []
            case .instanceDraining(let instance): ecs.drainInstance(instance, at: now)
            case .instanceTerminated(let instance): ecs.instanceTerminated(instance, at: now)
            case .alarmWanted(let definition): want(definition)
            case .alarmUnwanted(let name): metrics.deleteAlarms([name], at: now)
            case .sample(let sample): metrics.put([sample], at: now)
            case .reservationDue(let provider, _):
                capacity.publishReservation(provider: provider, demand: ecs.demand(provider: provider), at: now)
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    private mutating func routeStacks() -> Bool {
        let events = stacks.drain()
        for event in events {
            switch event {
            case .provision(let action): provision(action)
            case .stackChanged: break
            case .decided(let decision): record(decision)
            }
        }
        return events.isEmpty
    }

    /// Puts an alarm that a machine needs.
    ///
    /// Machines ask for valid alarms only, so a refusal is a defect.
    private mutating func want(_ definition: AlarmDefinition) {
        do {
            try metrics.putAlarm(definition, at: now)
        } catch {
            preconditionFailure("a machine asked for an alarm that CloudWatch refuses: \(error)")
        }
    }

    private mutating func noteStopped(_ task: TaskID) {
        let held = queues.heldCount(by: task)
        guard held > 0 else { return }
        tally.killedMidJob += 1
        record(
            Decision(
                instant: now, kind: .task, subject: task.hex,
                sentence: "Task \(task.hex.prefix(8)) stopped while it held \(held) message\(held == 1 ? "" : "s") "
                    + "it had not deleted; they return to the queue when their visibility timeout ends."))
    }

    /// Tells scaling what the service looks like now: its computations start from the running count.
    private mutating func observeService(_ service: String, in cluster: String) {
        let resourceID = "service/\(cluster)/\(service)"
        let facts = ServiceFacts(ecs.services[ServiceKey(cluster: cluster, service: service)])
        scaling.observe(resourceID: resourceID, facts, at: now)
    }

    mutating func record(_ decision: Decision) {
        decisions.append(decision)
        effects.append(.announce(decision))
    }
}

extension CapacityEvent {
    fileprivate var registeredInstance: InstanceFacts? {
        if case .instanceRegistered(let facts) = self { facts } else { nil }
    }
}

extension ServiceFacts {
    /// What scaling needs to know of a service, or of one that does not exist.
    init(_ service: ECSService?) {
        let live = service.flatMap { $0.status == .active ? $0 : nil }
        self.init(
            running: live?.runningCount ?? 0, desired: live?.desiredCount ?? 0,
            deploymentInProgress: live?.isDeploying ?? false, exists: live != nil)
    }
}

extension ProviderFacts {
    /// A provider that was deleted: ECS keeps it as inactive, as AWS does.
    fileprivate static func removed(_ name: String) -> ProviderFacts {
        ProviderFacts(name: name, kind: .autoScalingGroup, scalesItself: false, isActive: false)
    }
}
