import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct ClusterTests {
    @Test func `creating a cluster that exists returns it as it is`() throws {
        var bench = try Bench()
        let again = try bench.ecs.createCluster(ClusterSpecification(name: "demo"), at: bench.now + .seconds(9))
        #expect(again == bench.ecs.clusters["demo"])
        #expect(again.arn == "arn:aws:ecs:us-east-1:000000000000:cluster/demo")
        #expect(again.capacityProviders == ["cp"])
    }

    @Test func `a cluster without a name is the default one`() throws {
        var bench = try Bench()
        #expect(throws: Refusal.clusterNotFound()) { try bench.ecs.cluster(nil) }
        _ = try bench.ecs.createCluster(ClusterSpecification(), at: bench.now)
        #expect(try bench.ecs.cluster(nil).name == "default")
    }

    @Test func `a cluster is deleted only when nothing is in it`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        #expect(throws: Refusal.clusterContainsServices()) { try bench.ecs.deleteCluster("demo", at: bench.now) }
        _ = try bench.ecs.deleteService(cluster: "demo", service: "web", force: true, at: bench.now)
        #expect(throws: Refusal.clusterContainsInstances()) { try bench.ecs.deleteCluster("demo", at: bench.now) }
        bench.stopAll()
        bench.ecs.instanceTerminated(InstanceID(number: 1), at: bench.now)
        #expect(try bench.ecs.deleteCluster("demo", at: bench.now).status == .inactive)
        #expect(throws: Refusal.clusterNotFound()) { try bench.ecs.activeCluster("demo") }
        #expect(try bench.ecs.cluster("demo").status == .inactive)
    }

    @Test func `a task that waits for an instance keeps a cluster from being deleted`() throws {
        var bench = try Bench()
        let strategy = [CapacityProviderStrategyItem("cp", weight: 1)]
        let task = try bench.ecs.runTask(
            RunTaskRequest(cluster: "demo", taskDefinition: "worker", strategy: strategy), at: bench.now
        ).tasks[0]
        #expect(throws: Refusal.clusterContainsTasks()) { try bench.ecs.deleteCluster("demo", at: bench.now) }
        _ = try bench.ecs.stopTask(cluster: "demo", task: task.arn, reason: nil, at: bench.now)
        #expect(try bench.ecs.deleteCluster("demo", at: bench.now).status == .inactive)
    }

    @Test func `putting providers names only the differences`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        bench.events = []
        _ = try bench.ecs.putCapacityProviders(
            cluster: "demo", providers: ["spot", "FARGATE"], defaultStrategy: [], at: bench.now)
        bench.collect()
        #expect(bench.events == [.providersAssociated(cluster: "demo", added: ["FARGATE"], removed: ["cp"])])
    }

    @Test func `a provider that a service uses cannot be left out`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        let before = bench
        #expect(throws: Refusal.providerInUse()) {
            try bench.ecs.putCapacityProviders(cluster: "demo", providers: [], defaultStrategy: [], at: bench.now)
        }
        #expect(bench == before)
    }

    @Test func `a name or an ARN finds the same, and an ARN of another cluster is refused`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        let arn = try bench.web().arn
        #expect(try bench.ecs.service(arn, cluster: "arn:aws:ecs:us-east-1:000000000000:cluster/demo") == bench.web())
        _ = try bench.ecs.createCluster(ClusterSpecification(), at: bench.now)
        #expect(throws: Refusal.identifierOfOtherCluster("demo", own: "default")) {
            try bench.ecs.service(arn, cluster: nil)
        }
        #expect(try bench.ecs.service("nothing", cluster: "demo") == nil)
    }
}
