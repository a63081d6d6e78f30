import BerthKernel

/// How many more instances waiting tasks need: a lower bound, corrected minute by minute.
///
/// A group of tasks must fit the smallest type of the Auto Scaling group in every respect, or it is left out.
/// It is then counted as if every instance were as large as the largest type.
///
/// - AWS: ECS Developer Guide, *Amazon ECS managed scaling behavior*.
struct DemandEstimate {
    let smallest: RegisteredResources
    let largest: RegisteredResources

    /// - Precondition: `types` is not empty.
    init(types: [RegisteredResources]) {
        var smallest = types[0]
        var largest = types[0]
        for type in types.dropFirst() {
            smallest = smallest.combined(with: type, min)
            largest = largest.combined(with: type, max)
        }
        self.smallest = smallest
        self.largest = largest
    }

    /// Whether more instances could help the tasks of `group` at all.
    func isCompatible(_ group: DemandGroup) -> Bool {
        let needs = group.needs
        let hasPorts = !needs.tcpPorts.contains(where: RegisteredResources.reservedTCPPorts.contains)
        return needs.cpu <= smallest.cpu && needs.memory <= smallest.memory && needs.gpus <= smallest.gpus
            && needs.networkInterfaces <= smallest.networkInterfaces && hasPorts
    }

    /// Instances the tasks of a compatible group need when they have them to themselves.
    func instances(for group: DemandGroup) -> Int {
        let needs = group.needs
        var perInstance = group.count
        for (needed, available) in [
            (needs.cpu, largest.cpu), (needs.memory, largest.memory), (needs.gpus, largest.gpus),
            (needs.networkInterfaces, largest.networkInterfaces),
        ] where needed > 0 {
            perInstance = min(perInstance, available / needed)
        }
        if group.isDistinct || !needs.tcpPorts.isEmpty || !needs.udpPorts.isEmpty { perInstance = min(perInstance, 1) }
        return (group.count + max(1, perInstance) - 1) / max(1, perInstance)
    }
}

extension RegisteredResources {
    fileprivate func combined(with other: Self, _ choose: (Int, Int) -> Int) -> Self {
        RegisteredResources(
            cpu: choose(cpu, other.cpu), memory: choose(memory, other.memory), gpus: choose(gpus, other.gpus),
            networkInterfaces: choose(networkInterfaces, other.networkInterfaces))
    }
}
