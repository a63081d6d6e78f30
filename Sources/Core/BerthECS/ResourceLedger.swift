package import BerthKernel

/// What an instance has left of what it registered, in numbers and in static host ports.
package struct ResourceLedger: Hashable, Codable, Sendable {
    package private(set) var remaining: RegisteredResources
    /// Ascending; the ports the agent keeps for itself are among them from the start.
    package private(set) var usedTCPPorts: [Int]
    package private(set) var usedUDPPorts: [Int]

    /// The ledger of an empty instance.
    package init(of registered: RegisteredResources) {
        remaining = registered
        usedTCPPorts = RegisteredResources.reservedTCPPorts
        usedUDPPorts = []
    }

    /// Whether `needs` could be taken without anything going below zero or a port being used twice.
    package func covers(_ needs: ResourceNeeds) -> Bool {
        needs.cpu <= remaining.cpu && needs.memory <= remaining.memory && needs.gpus <= remaining.gpus
            && needs.networkInterfaces <= remaining.networkInterfaces
            && !needs.tcpPorts.contains(where: usedTCPPorts.contains)
            && !needs.udpPorts.contains(where: usedUDPPorts.contains)
    }

    mutating func take(_ needs: ResourceNeeds) {
        remaining.cpu -= needs.cpu
        remaining.memory -= needs.memory
        remaining.gpus -= needs.gpus
        remaining.networkInterfaces -= needs.networkInterfaces
        usedTCPPorts = (usedTCPPorts + needs.tcpPorts).sorted()
        usedUDPPorts = (usedUDPPorts + needs.udpPorts).sorted()
    }

    mutating func giveBack(_ needs: ResourceNeeds) {
        remaining.cpu += needs.cpu
        remaining.memory += needs.memory
        remaining.gpus += needs.gpus
        remaining.networkInterfaces += needs.networkInterfaces
        usedTCPPorts.remove(each: needs.tcpPorts)
        usedUDPPorts.remove(each: needs.udpPorts)
    }
}

extension [Int] {
    fileprivate mutating func remove(each ports: [Int]) {
        for port in ports {
            if let index = firstIndex(of: port) { remove(at: index) }
        }
    }
}
