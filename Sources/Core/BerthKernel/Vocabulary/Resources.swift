/// CPU in units of which 1,024 make a vCPU.
public typealias CPUUnits = Int
/// Memory in binary megabytes.
public typealias MiB = Int

/// What a task needs of an instance, or what an instance has left.
///
/// Host ports are identities rather than a quantity and are kept apart from the numbers.
public struct ResourceNeeds: Hashable, Codable, Sendable {
    public var cpu: CPUUnits
    public var memory: MiB
    public var gpus: Int
    /// Network interfaces: one for a task in `awsvpc` mode, none otherwise.
    public var networkInterfaces: Int
    /// Static host ports of TCP containers, ascending.
    public var tcpPorts: [Int]
    /// Static host ports of UDP containers, ascending.
    public var udpPorts: [Int]

    public init(
        cpu: CPUUnits = 0, memory: MiB = 0, gpus: Int = 0, networkInterfaces: Int = 0, tcpPorts: [Int] = [],
        udpPorts: [Int] = []
    ) {
        self.cpu = cpu
        self.memory = memory
        self.gpus = gpus
        self.networkInterfaces = networkInterfaces
        self.tcpPorts = tcpPorts
        self.udpPorts = udpPorts
    }
}

/// What an empty instance of some type registers with ECS.
public struct RegisteredResources: Hashable, Codable, Sendable {
    public var cpu: CPUUnits
    /// Below the advertised size: the kernel keeps a share (reference, ECS 3.3).
    public var memory: MiB
    public var gpus: Int
    /// How many `awsvpc` tasks its network interfaces allow.
    public var networkInterfaces: Int

    public init(cpu: CPUUnits, memory: MiB, gpus: Int, networkInterfaces: Int) {
        self.cpu = cpu
        self.memory = memory
        self.gpus = gpus
        self.networkInterfaces = networkInterfaces
    }

    /// TCP ports the agent reserves on every instance: SSH, Docker and its own.
    public static let reservedTCPPorts = [22, 2_375, 2_376, 51_678, 51_679]
}
