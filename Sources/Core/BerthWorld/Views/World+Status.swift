import BerthCapacity
import BerthECS
import BerthKernel
import BerthMetrics
import BerthQueues
import BerthStacks
import OrderedCollections

extension World {
    /// What a person wants to see of the world at this moment.
    package var status: WorldStatus {
        let bill = capacity.bill(at: now)
        let liveTasks = ecs.tasks.values.filter { $0.lastStatus != .stopped }
        let live = capacity.instances.values.filter { $0.terminatedAt == nil }
        let queues = queueViews
        return WorldStatus(
            now: now, pace: configuration.pace.factor, region: configuration.tenancy.region,
            stacks: stacks.stacks.values.map {
                .init(name: $0.name, status: $0.status.rawValue, reason: $0.statusReason)
            },
            queues: queues, services: ecs.services.values.filter { $0.status == .active }.map(view(of:)),
            tasks: ecs.tasks.values.map(view(of:)), instances: live.map { view(of: $0) },
            alarms: metrics.alarms.values.map {
                .init(name: $0.definition.name, state: $0.state.rawValue, reason: $0.stateReason)
            },
            cost: .init(perHour: bill.currentHourlyRate, total: bill.cost),
            isAtRest: liveTasks.isEmpty && live.isEmpty
                && queues.allSatisfy { $0.isDeadLetterQueue || $0.visible + $0.inFlight + $0.delayed == 0 })
    }

    private var queueViews: [WorldStatus.QueueView] {
        queues.list().map { name in
            let statistics = try? queues.statistics(of: name, at: now)
            return WorldStatus.QueueView(
                name: name, visible: statistics?.depth ?? 0, inFlight: statistics?.inFlight ?? 0,
                delayed: statistics?.delayed ?? 0, sent: statistics?.totals.sent ?? 0,
                deleted: statistics?.totals.deleted ?? 0,
                isDeadLetterQueue: isDeadLetterQueue(name))
        }
    }

    /// Whether some queue sends its failures there.
    private func isDeadLetterQueue(_ name: String) -> Bool {
        (try? queues.deadLetterSources(of: name))?.isEmpty == false
    }

    private func view(of service: ECSService) -> WorldStatus.ServiceView {
        let waiting = service.tasks.count { ecs.tasks[$0]?.lastStatus == .provisioning }
        return WorldStatus.ServiceView(
            cluster: service.cluster, name: service.name, desired: service.desiredCount,
            running: service.runningCount, pending: max(0, service.pendingCount - waiting), provisioning: waiting)
    }

    private func view(of task: ECSTask) -> WorldStatus.TaskView {
        let instance = task.containerInstance.flatMap { ecs.instances[$0]?.instance }
        return WorldStatus.TaskView(
            id: task.id.hex, cluster: task.cluster, service: task.service, state: task.lastStatus.rawValue,
            desiredState: task.desiredStatus.rawValue, instance: instance?.description, zone: task.zone,
            startedAt: task.startedAt, isProtected: task.isProtected(at: now), stoppedReason: task.stoppedReason,
            containers: task.containers.map(\.name))
    }

    private func view(of instance: Instance) -> WorldStatus.InstanceView {
        let tasks = ecs.containerInstance(on: instance.id)?.tasks.map(\.hex) ?? []
        return WorldStatus.InstanceView(
            id: instance.id.description, type: instance.type, zone: instance.zone, state: instance.state.rawValue,
            isProtected: instance.isProtected, capacityProvider: instance.provider, tasks: tasks)
    }

    /// What the run came to so far.
    package var summary: RunSummary {
        var waits = LatencyHistogram()
        var (sent, processed, deadLettered) = (0, 0, 0)
        for name in queues.list() where !isDeadLetterQueue(name) {
            guard let statistics = try? queues.statistics(of: name, at: now) else { continue }
            waits.merge(statistics.waits)
            sent += statistics.totals.sent
            processed += statistics.totals.deleted
            deadLettered += statistics.totals.deadLettered
        }
        let bill = capacity.bill(at: now)
        return RunSummary(
            processed: processed, sent: sent, deadLettered: deadLettered, killedMidJob: tally.killedMidJob,
            waitP50: waits.percentile(50)?.inSeconds, waitP95: waits.percentile(95)?.inSeconds,
            waitMax: waits.count == 0 ? nil : waits.max.inSeconds, peakTasks: tally.peakTasks,
            peakInstances: tally.peakInstances, instanceSecondsPaid: bill.instanceSecondsPaid,
            instanceSecondsIdle: bill.idleSeconds, cost: bill.cost, pace: configuration.pace.factor)
    }
}
