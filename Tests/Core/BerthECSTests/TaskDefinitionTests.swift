import BerthKernel
import BerthPlacement
import Testing

@testable import BerthECS

@Suite struct TaskDefinitionTests {
    @Test func `revisions count up and are never used again`() throws {
        var bench = try Bench()
        let second = try bench.ecs.registerTaskDefinition(.worker(), at: bench.now)
        #expect(second.key == TaskDefinitionKey(family: "worker", revision: 2))
        _ = try bench.ecs.deregisterTaskDefinition("worker:2", at: bench.now)
        #expect(try bench.ecs.taskDefinition("worker").key.revision == 1)
        #expect(try bench.ecs.taskDefinition(second.arn).status == .inactive)
        #expect(try bench.ecs.registerTaskDefinition(.worker(), at: bench.now).key.revision == 3)
    }

    @Test func `deregistering needs a revision that is a number`() throws {
        var bench = try Bench()
        #expect(throws: Refusal.revisionMissing()) {
            try bench.ecs.deregisterTaskDefinition("worker", at: bench.now)
        }
        #expect(throws: Refusal.revisionInvalid("x")) {
            try bench.ecs.deregisterTaskDefinition("worker:x", at: bench.now)
        }
    }

    @Test func `an inactive revision starts nothing new and goes on for services that use it`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "other"), at: bench.now)
        _ = try bench.ecs.deregisterTaskDefinition("worker:1", at: bench.now)
        #expect(throws: Refusal.taskDefinitionNotFound()) { try bench.service("b", desired: 1) }
        #expect(throws: Refusal.taskDefinitionInactive()) {
            try bench.service("b", desired: 1) { $0.taskDefinition = "worker:1" }
        }
        try bench.update { $0.desiredCount = 1 }
        #expect(bench.tasks.map(\.definition.revision) == [1])
    }

    static let sizes = """
        256 -> 256
        1 vCPU -> 1024
        .25 vcpu -> 256
        2vCPU -> 2048
        """

    @Test(arguments: sizes.split(separator: "\n").map { $0.split(separator: " -> ").map(String.init) })
    func `CPU is read in units or vCPUs`(row: [String]) throws {
        #expect(try TaskSize.cpu(row[0]) == Int(row[1]))
    }

    @Test func `memory is read in MiB or GB, and nonsense is refused`() throws {
        #expect(try TaskSize.memory("512") == 512)
        #expect(try TaskSize.memory("0.5 GB") == 512)
        #expect(throws: Refusal.invalidTaskMemory()) { try TaskSize.memory("lots") }
        #expect(throws: Refusal.invalidTaskCPU()) { try TaskSize.cpu("-1 vCPU") }
    }

    @Test func `needs are the task's own size, or the sum of reservations`() {
        var specification = TaskDefinitionSpecification.worker(gpus: 1)
        specification.containers.append(
            ContainerDefinition(name: "side", image: "x", cpu: 100, memory: 500, memoryReservation: 200))
        #expect(specification.needs() == ResourceNeeds(cpu: 612, memory: 1_224, gpus: 1))
        specification.cpu = 1_024
        specification.memory = 3_000
        specification.networkMode = .awsvpc
        #expect(specification.needs() == ResourceNeeds(cpu: 1_024, memory: 3_000, gpus: 1, networkInterfaces: 1))
        let overrides = TaskOverrides(cpu: 256, memory: 300)
        #expect(specification.needs(overrides).memory == 300)
    }

    @Test func `only static host ports are needs`() {
        let specification = TaskDefinitionSpecification.worker {
            $0.containers[0].portMappings = [
                .init(containerPort: 80), .init(containerPort: 81, hostPort: 0),
                .init(containerPort: 82, hostPort: 8_082), .init(containerPort: 53, hostPort: 53, isUDP: true),
            ]
        }
        #expect(specification.needs().tcpPorts == [8_082])
        #expect(specification.needs().udpPorts == [53])
    }

    @Test func `containers start after those they depend on`() throws {
        var bench = try Bench()
        var specification = TaskDefinitionSpecification.worker(family: "pair")
        specification.containers[0].dependsOn = [.init(container: "side", condition: "START")]
        specification.containers.append(ContainerDefinition(name: "side", image: "x", memory: 100))
        let definition = try bench.ecs.registerTaskDefinition(specification, at: bench.now)
        #expect(definition.specification.containersInStartOrder.map(\.name) == ["side", "main"])
        specification.containers[1].dependsOn = [.init(container: "main", condition: "START")]
        #expect(throws: Refusal.dependencyCircle()) {
            try bench.ecs.registerTaskDefinition(specification, at: bench.now)
        }
    }

    @Test func `a task definition is refused for what AWS refuses`() throws {
        let cases: [(Refusal, (inout TaskDefinitionSpecification) -> Void)] = [
            (.containerMemoryMissing("main"), { $0.containers[0].memory = nil }),
            (.containerMemoryTooSmall("main"), { $0.containers[0].memory = 5 }),
            (.containerNameEmpty(), { $0.containers[0].name = "" }),
            (.containerImageEmpty(), { $0.containers[0].image = "" }),
            (.containersEmpty(), { $0.containers = [] }),
            (.noEssentialContainer(), { $0.containers[0].isEssential = false }),
            (.invalidTaskCPU(), { $0.cpu = 127 }),
            (.familyInvalid(), { $0.family = "not a name" }),
            (.fargateNeedsAwsvpc(), { $0.requiresCompatibilities = [.fargate] }),
            (
                .dependencyUnknown("main", "x"),
                { $0.containers[0].dependsOn = [.init(container: "x", condition: "START")] }
            ),
        ]
        var bench = try Bench()
        let before = bench
        for (refusal, change) in cases {
            #expect(throws: refusal) {
                try bench.ecs.registerTaskDefinition(.worker(family: "worker", change), at: bench.now)
            }
        }
        #expect(bench == before)
    }
}
