import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct ProvisioningTests {
    @Test func `a task of a provider that scales itself waits without an instance`() throws {
        var bench = try Bench()
        try bench.service(desired: 2)
        #expect(bench.tasks(.provisioning).count == 2)
        #expect(bench.tasks.allSatisfy { $0.containerInstance == nil && $0.capacityProvider == "cp" })
        #expect(bench.launches.isEmpty)
        let needs = ResourceNeeds(cpu: 512, memory: 1_024)
        #expect(bench.ecs.demand(provider: "cp") == [DemandGroup(needs: needs, count: 2, isDistinct: false)])
        #expect(bench.ecs.demand(provider: "spot") == [])
    }

    @Test func `waiting tasks are grouped by what they need and whether they bear company`() throws {
        var bench = try Bench()
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "big", memory: 2_000), at: bench.now)
        try bench.service(desired: 2)
        try bench.service("big", desired: 1) { $0.taskDefinition = "big" }
        try bench.service("alone", desired: 3) { $0.placementConstraints = [.distinctInstance] }
        let small = ResourceNeeds(cpu: 512, memory: 1_024)
        #expect(
            bench.ecs.demand(provider: "cp") == [
                DemandGroup(needs: small, count: 2, isDistinct: false),
                DemandGroup(needs: ResourceNeeds(cpu: 512, memory: 2_000), count: 1, isDistinct: false),
                DemandGroup(needs: small, count: 3, isDistinct: true),
            ])
    }

    @Test func `an instance that registers takes what fits of the waiting tasks, oldest first`() throws {
        var bench = try Bench()
        try bench.service(desired: 3)
        bench.addInstance(1)
        #expect(bench.tasks.map(\.lastStatus) == [.pending, .pending, .provisioning])
        #expect(bench.launches.map(\.task) == bench.tasks(.pending).map(\.id))
        #expect(bench.launches.allSatisfy { $0.instance == InstanceID(number: 1) && $0.generation == 1 })
        #expect(bench.tasks[2].waiting?.stoppedReason == "RESOURCE:CPU")
    }

    @Test func `instances of another provider are not touched`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        try bench.service(desired: 1)
        bench.addInstance(1, provider: "spot")
        bench.addInstance(2, provider: nil)
        #expect(bench.tasks.map(\.lastStatus) == [.provisioning])
        #expect(bench.tasks[0].waiting?.stoppedReason == "EMPTY CAPACITY PROVIDER")
    }

    @Test func `a task that stops makes room for one that waits`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 0)
        let reply = try bench.ecs.runTask(
            RunTaskRequest(
                cluster: "demo", taskDefinition: "worker", count: 3,
                strategy: [CapacityProviderStrategyItem("cp", weight: 1)]), at: bench.now)
        #expect(reply.tasks.map(\.lastStatus) == [.pending, .pending, .provisioning])
        bench.runAll()
        bench.exit(reply.tasks[0])
        #expect(bench.tasks.map(\.lastStatus) == [.stopped, .running, .pending])
    }

    @Test(arguments: [(899, ECSTask.Status.provisioning), (900, .stopped)])
    func `waiting ends after fifteen minutes`(seconds: Int, status: ECSTask.Status) throws {
        var bench = try Bench()
        _ = try bench.ecs.runTask(
            RunTaskRequest(
                cluster: "demo", taskDefinition: "worker", strategy: [CapacityProviderStrategyItem("cp", weight: 1)]),
            at: bench.now)
        bench.pass(.seconds(seconds))
        #expect(bench.tasks.map(\.lastStatus) == [status])
        guard status == .stopped else { return }
        #expect(bench.tasks[0].stopCode == .failedToStart)
        #expect(bench.tasks[0].stoppedReason == "EMPTY CAPACITY PROVIDER")
    }

    @Test func `the reason of a task that waited too long is why it found no place last`() throws {
        var bench = try Bench()
        bench.addInstance(1, cpu: 4_096, memory: 512)
        try bench.service(desired: 1)
        bench.pass(.seconds(900))
        #expect(bench.tasks(.stopped).map(\.stoppedReason) == ["RESOURCE:MEMORY"])
        #expect(bench.tasks(.provisioning).count == 1)
    }

    @Test func `pace shortens the wait`() throws {
        var bench = try Bench(pace: Pace(factor: 60))
        try bench.service(desired: 1)
        let first = bench.tasks[0].id
        bench.pass(.milliseconds(14_999))
        #expect(bench.ecs.tasks[first]?.lastStatus == .provisioning)
        bench.pass(.milliseconds(1))
        #expect(bench.ecs.tasks[first]?.lastStatus == .stopped)
    }

    @Test func `a cluster holds five hundred waiting tasks and no more`() throws {
        var bench = try Bench()
        try bench.service(desired: 501)
        #expect(bench.tasks(.provisioning).count == 500)
        #expect(try bench.messages().contains(ServiceEventText.provisioningLimit("web")))
        let before = bench
        #expect(throws: Refusal.provisioningLimit()) {
            try bench.ecs.runTask(
                RunTaskRequest(
                    cluster: "demo", taskDefinition: "worker",
                    strategy: [CapacityProviderStrategyItem("cp", weight: 1)]), at: bench.now)
        }
        #expect(bench == before)
    }

    @Test func `the reason for waiting is told once, not at every look`() throws {
        var bench = try Bench()
        try bench.service(desired: 5)
        bench.pass(.seconds(300))
        let waits = bench.sentences.filter { $0.contains(" waits: no container instance is registered") }
        #expect(waits.count == 1)
        #expect(try bench.messages().filter { $0.contains("was unable to place a task") }.count == 1)
    }

    @Test func `a Fargate task needs no instance and starts after a moment`() throws {
        var bench = try Bench(pace: Pace(factor: 10))
        _ = try bench.ecs.putCapacityProviders(
            cluster: "demo", providers: ["cp", "FARGATE"], defaultStrategy: [], at: bench.now)
        _ = try bench.ecs.registerTaskDefinition(
            .worker(family: "fargate") {
                $0.networkMode = .awsvpc
                $0.requiresCompatibilities = [.fargate]
                $0.cpu = 256
                $0.memory = 512
            }, at: bench.now)
        try bench.service(desired: 3) {
            $0.taskDefinition = "fargate"
            $0.strategy = [CapacityProviderStrategyItem("FARGATE", weight: 1)]
            $0.network = NetworkConfiguration(subnets: ["subnet-1", "subnet-2"], zones: ["us-east-1a", "us-east-1b"])
        }
        #expect(bench.tasks(.provisioning).map(\.zone) == ["us-east-1a", "us-east-1b", "us-east-1a"])
        #expect(bench.ecs.demand(provider: "FARGATE").isEmpty)
        bench.pass(.milliseconds(999))
        #expect(bench.launches.isEmpty)
        bench.pass(.milliseconds(1))
        #expect(bench.launches.count == 3)
        #expect(bench.launches.allSatisfy { $0.instance == nil })
        #expect(bench.tasks.allSatisfy { $0.launchType == .fargate && $0.lastStatus == .pending })
    }
}
