package import BerthKernel

extension TaskDefinitionSpecification {
    /// What placement must find on an instance for one task.
    ///
    /// The task's own CPU and memory win over the containers'; of a container, the reservation wins over the
    /// hard limit. Dynamic host ports need nothing.
    ///
    /// - AWS: ECS API Reference, *RegisterTaskDefinition* (reference, ECS 3.3).
    package func needs(_ overrides: TaskOverrides = .init()) -> ResourceNeeds {
        let sized = containers.map { overrides.applied(to: $0) }
        var needs = ResourceNeeds(
            cpu: overrides.cpu ?? cpu ?? sized.reduce(0) { $0 + $1.cpu },
            memory: overrides.memory ?? memory ?? sized.reduce(0) { $0 + ($1.memoryReservation ?? $1.memory ?? 0) },
            gpus: sized.reduce(0) { $0 + $1.gpus },
            networkInterfaces: networkMode == .awsvpc ? 1 : 0)
        guard networkMode == .bridge || networkMode == .host else { return needs }
        let mappings = containers.flatMap(\.portMappings)
        needs.tcpPorts = mappings.filter { !$0.isUDP }.compactMap(staticHostPort).sorted()
        needs.udpPorts = mappings.filter(\.isUDP).compactMap(staticHostPort).sorted()
        return needs
    }

    /// The host port that a mapping fixes, if it fixes one.
    func staticHostPort(of mapping: ContainerDefinition.PortMapping) -> Int? {
        let port = networkMode == .bridge ? mapping.hostPort : mapping.hostPort ?? mapping.containerPort
        return port == 0 ? nil : port
    }

    /// The containers so that each comes after those it depends on; otherwise in the order of the definition.
    ///
    /// Registration refuses circles, so every container is reached.
    package var containersInStartOrder: [ContainerDefinition] {
        var ordered: [ContainerDefinition] = []
        var rest = containers
        while let index = rest.firstIndex(where: { candidate in
            candidate.dependsOn.allSatisfy { dependency in
                ordered.contains { $0.name == dependency.container }
            }
        }) {
            ordered.append(rest.remove(at: index))
        }
        return ordered
    }
}

extension ContainerDefinition {
    /// GPUs the container asks for.
    package var gpus: Int {
        resourceRequirements.reduce(0) { $1.type == "GPU" ? $0 + (Int($1.value) ?? 0) : $0 }
    }
}
