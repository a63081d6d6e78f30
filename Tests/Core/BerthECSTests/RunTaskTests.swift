import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct RunTaskTests {
    @Test func `what fits is placed and the rest are failures of a call that succeeds`() throws {
        var bench = try Bench()
        bench.addInstance(1, provider: nil)
        let reply = try bench.ecs.runTask(
            RunTaskRequest(cluster: "demo", taskDefinition: "worker", count: 3), at: bench.now)
        #expect(reply.tasks.map(\.lastStatus) == [.pending, .pending])
        #expect(reply.failures == [Failure(arn: bench.ecs.instances.values[0].arn, reason: "RESOURCE:CPU")])
        #expect(reply.tasks.allSatisfy { $0.group == "family:worker" && $0.capacityProvider == nil })
    }

    @Test func `a provider that does not scale itself keeps nothing waiting`() throws {
        var bench = try Bench(providers: [.unmanaged])
        let reply = try bench.ecs.runTask(
            RunTaskRequest(
                cluster: "demo", taskDefinition: "worker",
                strategy: [CapacityProviderStrategyItem("unmanaged", weight: 1)]), at: bench.now)
        #expect(reply.tasks.isEmpty)
        #expect(reply.failures.map(\.reason) == ["EMPTY CAPACITY PROVIDER"])
    }

    @Test func `distinctInstance puts one task of a group on each instance`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        bench.addInstance(2)
        let reply = try bench.ecs.runTask(
            RunTaskRequest(
                cluster: "demo", taskDefinition: "worker", count: 3, placementConstraints: [.distinctInstance]),
            at: bench.now)
        #expect(Set(reply.tasks.map(\.containerInstance)).count == 2)
        #expect(reply.failures.count == 2)
    }

    @Test func `a strategy divides the tasks of one call`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        let reply = try bench.ecs.runTask(
            RunTaskRequest(
                cluster: "demo", taskDefinition: "worker", count: 5,
                strategy: [.init("cp", weight: 1, base: 1), .init("spot", weight: 3)]), at: bench.now)
        #expect(reply.tasks.compactMap(\.capacityProvider) == ["cp", "spot", "spot", "cp", "spot"])
        #expect(reply.failures.isEmpty)
    }

    @Test func `GPUs are counted`() throws {
        var bench = try Bench()
        bench.addInstance(1, cpu: 8_192, memory: 8_192, gpus: 1)
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "gpu", gpus: 1), at: bench.now)
        let reply = try bench.ecs.runTask(
            RunTaskRequest(cluster: "demo", taskDefinition: "gpu", count: 2), at: bench.now)
        #expect(reply.tasks.count == 1)
        #expect(reply.failures.map(\.reason) == ["RESOURCE:GPU"])
    }

    @Test func `what AWS refuses is refused and changes nothing`() throws {
        let cases: [(Refusal, (inout RunTaskRequest) -> Void)] = [
            (.clusterNotFound(), { $0.cluster = "other" }),
            (.taskCountOutOfRange(), { $0.count = 0 }),
            (.taskCountOutOfRange(), { $0.count = 11 }),
            (.taskDefinitionNotFound(), { $0.taskDefinition = "other" }),
            (.noContainerInstances(), { _ in }),
            (.launchTypeUnsupported(.fargate), { $0.launchType = .fargate }),
            (.networkUnwanted(), { $0.network = NetworkConfiguration(subnets: ["subnet-1"]) }),
            (.overrideOfUnknownContainer("x"), { $0.overrides = TaskOverrides(containers: [.init(name: "x")]) }),
        ]
        var bench = try Bench()
        let before = bench
        for (refusal, change) in cases {
            var request = RunTaskRequest(cluster: "demo", taskDefinition: "worker")
            change(&request)
            #expect(throws: refusal) { try bench.ecs.runTask(request, at: bench.now) }
        }
        #expect(bench == before)
        #expect(throws: Refusal.invalidLaunchType()) { try LaunchType(named: "MOON") }
    }
}
