import BerthCapacity
import BerthKernel
import Testing

@Suite struct InstanceTypeTests {
    /// Type, vCPU, registered memory, GPUs, awsvpc tasks plain and with trunking, price.
    static let table = """
        c5.xlarge    4  7782    0 3 20   0.17
        c5.large     2  3891    0 2 10   0.085
        g4dn.xlarge  4  15564   1 2 2    0.526
        m4.large     2  7987    0 1 1    0.1
        t3.micro     2  972     0 1 1    0.0104
        """

    @Test(arguments: table.split(separator: "\n").map(String.init))
    func `a type registers less memory than it advertises`(row: String) throws {
        let columns = row.split(separator: " ").map(String.init)
        let type = try #require(InstanceType.named(columns[0]))
        var trunking = CapacitySettings()
        trunking.trunksNetworkInterfaces = true
        let plain = type.registeredResources(.init())

        #expect("\(type.vCPUs)" == columns[1])
        #expect(plain.cpu == type.vCPUs * 1_024)
        #expect("\(plain.memory)" == columns[2])
        #expect("\(plain.gpus)" == columns[3])
        #expect("\(plain.networkInterfaces)" == columns[4])
        #expect("\(type.registeredResources(trunking).networkInterfaces)" == columns[5])
        #expect("\(type.hourlyPrice)" == columns[6])
    }

    @Test func `a type without a price is unknown`() {
        #expect(InstanceType.named("hpc6a.48xlarge") == nil)
        #expect(InstanceType.named("nonsense") == nil)
    }
}
