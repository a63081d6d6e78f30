package import BerthKernel

/// What an EC2 instance type offers and costs.
///
/// Prices are on demand in us-east-1 and stand for every region; Documentation/Data.md names the origin.
package struct InstanceType: Hashable, Sendable {
    package let name: String
    /// As the attribute `ecs.cpu-architecture` names it: `x86_64` or `arm64`.
    package let architecture: String
    package let vCPUs: Int
    /// Advertised memory; what an instance registers is less.
    package let memory: MiB
    package let gpus: Int
    package let gpuName: String?
    package let isXen: Bool
    package let networkInterfaces: Int
    /// `awsvpc` tasks an instance can hold with its plain network interfaces.
    package let networkTasks: Int
    /// The same with trunking; `nil` where ECS does not support trunking.
    package let trunkedNetworkTasks: Int?
    package let isSpotSupported: Bool
    /// US dollars an hour.
    package let hourlyPrice: Double

    /// The type of that name, or `nil` for types unknown to Berth or without a price.
    package static func named(_ name: String) -> InstanceType? {
        table[name]
    }

    /// Every type by name.
    ///
    /// The text is read once, when a type is first needed.
    private static let table: [String: InstanceType] = {
        let types = InstanceTypeTable.text.split(separator: "\n").compactMap(InstanceType.init(row:))
        return Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
    }()

    private init?(row: Substring) {
        let columns = row.split(separator: ",", omittingEmptySubsequences: false)
        guard columns.count == 12, let vCPUs = Int(columns[2]), let memory = Int(columns[3]),
            let interfaces = Int(columns[7]), let price = Double(columns[11])
        else { return nil }
        name = String(columns[0])
        architecture = String(columns[1])
        self.vCPUs = vCPUs
        self.memory = memory
        gpus = Int(columns[4]) ?? 0
        gpuName = columns[5].isEmpty ? nil : String(columns[5])
        isXen = columns[6] == "xen"
        networkInterfaces = interfaces
        networkTasks = Int(columns[8]) ?? interfaces - 1
        trunkedNetworkTasks = Int(columns[9])
        isSpotSupported = columns[10] == "1"
        hourlyPrice = price
    }

    /// What an empty instance of the type registers with ECS.
    ///
    /// The kernel keeps part of the memory, so two tasks of half the advertised size do not fit.
    package func registeredResources(_ settings: CapacitySettings) -> RegisteredResources {
        let share = isXen ? settings.xenMemoryShare : settings.nitroMemoryShare
        let trunked = settings.trunksNetworkInterfaces ? trunkedNetworkTasks : nil
        return RegisteredResources(
            cpu: vCPUs * 1_024, memory: Int(Double(memory) * share), gpus: gpus,
            networkInterfaces: trunked ?? networkTasks)
    }
}
