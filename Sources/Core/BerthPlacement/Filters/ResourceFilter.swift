import BerthKernel

/// Enough CPU, memory, GPUs and network interfaces must be left.
///
/// What a task does not ask for never rejects it, even on an instance that has given away more than it has.
struct ResourceFilter: PlacementFilter {
    let needs: ResourceNeeds

    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        let remaining = instance.remaining
        if lacks(needs.cpu, remaining.cpu) { return .cpu(needed: needs.cpu, remaining: remaining.cpu) }
        if lacks(needs.memory, remaining.memory) { return .memory(needed: needs.memory, remaining: remaining.memory) }
        if lacks(needs.gpus, remaining.gpus) { return .gpu(needed: needs.gpus, remaining: remaining.gpus) }
        if lacks(needs.networkInterfaces, remaining.networkInterfaces) {
            return .networkInterface(needed: needs.networkInterfaces, remaining: remaining.networkInterfaces)
        }
        return nil
    }

    private func lacks(_ needed: Int, _ remaining: Int) -> Bool {
        needed > 0 && needed > remaining
    }
}
