import BerthKernel
import BerthPlacement

extension InstanceSnapshot {
    /// A c5.xlarge, empty and in the first zone unless the test says otherwise.
    static func fixture(
        _ number: UInt64, type: String = "c5.xlarge", zone: String = "us-east-1a", cpu: Int = 4_096,
        memory: Int = 7_782, gpus: Int = 0, networkInterfaces: Int = 3, ports: [Int] = [],
        attributes: [String: String?] = [:], ofGroup: Int = 0, total: Int? = nil, groups: [String] = []
    ) -> InstanceSnapshot {
        InstanceSnapshot(
            id: ContainerInstanceID(high: 0, low: number), instance: InstanceID(number: number), instanceType: type,
            zone: zone,
            remaining: RegisteredResources(
                cpu: cpu, memory: memory, gpus: gpus, networkInterfaces: networkInterfaces),
            usedTCPPorts: RegisteredResources.reservedTCPPorts + ports,
            attributes: attributes.map { .init(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name },
            tasksOfGroup: ofGroup, tasksTotal: total ?? ofGroup, taskGroups: groups)
    }
}

extension PlacementRequest {
    static func fixture(
        needs: ResourceNeeds = ResourceNeeds(cpu: 1_024, memory: 1_024),
        strategies: [PlacementStrategy] = PlacementStrategy.serviceDefault, constraints: [PlacementConstraint] = [],
        requiredAttributes: [String] = [], zones: [String]? = nil
    ) -> PlacementRequest {
        PlacementRequest(
            needs: needs, strategies: strategies, constraints: constraints, requiredAttributes: requiredAttributes,
            zones: zones)
    }

    /// Places with a stream no test depends on.
    func placed(on instances: [InstanceSnapshot], seed: UInt64 = 1) -> PlacementOutcome {
        var random = RandomStream(seed: seed, purpose: "placement")
        return place(self, on: instances, random: &random)
    }
}
