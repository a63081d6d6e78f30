import BerthCapacity
import BerthECS
import BerthKernel
import BerthQueues
import BerthWorld
import OrderedCollections

/// What must add up in every world at every moment.
extension World {
    /// Messages that queues hold, in whatever state.
    var storedMessages: Int {
        queues.list().reduce(0) { sum, name in
            guard let statistics = try? queues.statistics(of: name, at: now) else { return sum }
            return sum + statistics.depth + statistics.inFlight + statistics.delayed
        }
    }

    /// Sentences about what does not add up; none, it is to be hoped.
    var imbalances: [String] {
        ecs.instances.values.flatMap(imbalances(of:)) + serviceImbalances + groupImbalances
    }

    private func imbalances(of instance: ContainerInstance) -> [String] {
        var found: [String] = []
        let here = ecs.tasks.values.filter { $0.containerInstance == instance.id && $0.lastStatus != .stopped }
        if here.count != instance.tasks.count || !here.allSatisfy({ instance.tasks.contains($0.id) }) {
            found.append("instance \(instance.instance) does not hold the tasks that say they are on it")
        }
        var promised = instance.facts.resources
        for task in here where task.isWanted { promised.take(task.needs) }
        if promised != instance.scheduled.remaining {
            found.append("instance \(instance.instance) promises \(instance.scheduled.remaining), not \(promised)")
        }
        var free = instance.facts.resources
        for task in here where task.generation > 0 { free.take(task.needs) }
        if free != instance.actual.remaining || free.isOverdrawn {
            found.append("instance \(instance.instance) has \(instance.actual.remaining) left, not \(free)")
        }
        guard let machine = capacity.instances[instance.instance], machine.state == .running else {
            return found + ["container instance \(instance.instance) has no running EC2 instance"]
        }
        if machine.allTasks != here.count || machine.nonDaemonTasks != instance.nonDaemonTasks {
            found.append("capacity believes in \(machine.allTasks) tasks on \(machine.id), not \(here.count)")
        }
        return found
    }

    private var serviceImbalances: [String] {
        ecs.services.values.compactMap { service in
            let own = ecs.tasks.values.filter { $0.service == service.name && $0.cluster == service.cluster }
            let running = own.count { $0.lastStatus == .running }
            let isCounted = service.status == .inactive || service.runningCount == running
            return isCounted && service.desiredCount >= 0
                ? nil : "service \(service.name) counts \(service.runningCount) running tasks, not \(running)"
        }
    }

    private var groupImbalances: [String] {
        var found: [String] = []
        for group in capacity.groups.values {
            let bounds = group.specification.minSize...group.specification.maxSize
            if !group.isDeleting && !bounds.contains(group.desiredCapacity) {
                found.append("group \(group.name) wants \(group.desiredCapacity), outside \(bounds)")
            }
        }
        for instance in capacity.instances.values where instance.state != .terminated {
            if capacity.groups[instance.group]?.members.contains(instance.id) != true {
                found.append("instance \(instance.id) is not in its group")
            }
        }
        return found
    }
}

extension RegisteredResources {
    fileprivate mutating func take(_ needs: ResourceNeeds) {
        cpu -= needs.cpu
        memory -= needs.memory
        gpus -= needs.gpus
        networkInterfaces -= needs.networkInterfaces
    }

    fileprivate var isOverdrawn: Bool {
        cpu < 0 || memory < 0 || gpus < 0 || networkInterfaces < 0
    }
}
