/// Static host ports must be free: of other tasks, and of the agent, SSH and Docker.
struct PortFilter: PlacementFilter {
    let tcpPorts: [Int]
    let udpPorts: [Int]

    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        if let taken = tcpPorts.first(where: instance.usedTCPPorts.contains) { return .port(taken) }
        if let taken = udpPorts.first(where: instance.usedUDPPorts.contains) { return .port(taken) }
        return nil
    }
}
