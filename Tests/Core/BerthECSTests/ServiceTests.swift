import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct ServiceTests {
    @Test func `a service with nothing to run is steady from its first moment`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        let service = try bench.web()
        #expect(service.arn == "arn:aws:ecs:us-east-1:000000000000:service/demo/web")
        #expect(service.primary?.rolloutState == .completed)
        #expect(!service.isDeploying)
        #expect(
            try bench.messages() == [
                "(service web) has reached a steady state.",
                "(service web) (deployment \(service.primary?.id ?? "")) deployment completed.",
            ])
        #expect(bench.ecs.nextDeadline == nil)
    }

    @Test func `a scaled service starts tasks at once and tells in whose name`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 0)
        bench.events = []
        bench.ecs.serviceScaled(
            resourceID: "service/demo/web", count: 1, message: "Message: Successfully set.", at: bench.now)
        bench.collect()
        #expect(bench.tasks.map(\.lastStatus) == [.pending])
        #expect(bench.events.contains(.countsChanged(cluster: "demo", service: "web")))
        #expect(try bench.messages().first == "(service web) has started 1 tasks: (task \(bench.tasks[0].id.hex)).")
        #expect(try bench.messages()[1] == "Message: Successfully set.")
        let service = try bench.web()
        #expect([service.desiredCount, service.pendingCount, service.runningCount] == [1, 1, 0])
        bench.runAll()
        #expect(try bench.web().runningCount == 1)
        #expect(try bench.web().pendingCount == 0)
    }

    @Test func `an ended task is replaced, but no sooner than the scheduler's next pass`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        bench.pass(.seconds(4))
        bench.exit(bench.tasks[0])
        #expect(bench.wanted.isEmpty)
        bench.pass(.seconds(5))
        #expect(bench.wanted.isEmpty)
        bench.pass(.seconds(1))
        #expect(bench.wanted.count == 1)
    }

    @Test func `a task that ends long after the last pass is replaced at once`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        bench.pass(.seconds(3_000))
        bench.exit(bench.tasks[0])
        #expect(bench.wanted.map(\.lastStatus) == [.pending])
    }

    @Test func `scaling to zero stops every task with the scheduler's reason`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 2)
        bench.runAll()
        try bench.update { $0.desiredCount = 0 }
        let deployment = try #require(try bench.web().primary?.id)
        #expect(bench.tasks.map(\.stopCode) == [.serviceSchedulerInitiated, .serviceSchedulerInitiated])
        #expect(bench.tasks[0].stoppedReason == "Scaling activity initiated by (deployment \(deployment))")
        #expect(bench.tasks.map(\.lastStatus) == [.stopping, .stopping])
        #expect(try bench.web().runningCount == 0)
        bench.stopAll()
        bench.pass(.seconds(10))
        #expect(try bench.messages().first == "(service web) has reached a steady state.")
    }

    @Test func `creating the same service again returns it, and another one of its name is refused`() throws {
        var bench = try Bench()
        try bench.service(desired: 1)
        let before = bench
        try bench.service(desired: 1)
        #expect(bench == before)
        #expect(throws: Refusal.serviceNotIdempotent()) { try bench.service(desired: 2) }
    }

    @Test func `a deleted service shows DRAINING in the answer and is INACTIVE when all its tasks stop`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        #expect(throws: Refusal.serviceScaledAboveZero()) {
            try bench.ecs.deleteService(cluster: "demo", service: "web", force: false, at: bench.now)
        }
        let reply = try bench.ecs.deleteService(cluster: "demo", service: "web", force: true, at: bench.now)
        #expect(reply.status == .draining)
        #expect(try bench.web().status == .inactive)
        #expect(bench.tasks.map(\.lastStatus) == [.stopping])
        #expect(bench.ecs.services(in: "demo").isEmpty)
        #expect(throws: Refusal.serviceNotActive()) { try bench.update { $0.desiredCount = 1 } }
        #expect(throws: Refusal.serviceNotFound()) {
            try bench.ecs.deleteService(cluster: "demo", service: "web", force: true, at: bench.now)
        }
        try bench.service(desired: 1)
        #expect(try bench.web().pendingCount == 1)
        bench.stopAll()
        #expect(try bench.web().pendingCount == 1)
    }

    @Test func `a service on instances without room tries quickly, then slowly, and complains once`() throws {
        var bench = try Bench()
        try bench.service(desired: 1) {
            $0.strategy = []
            $0.launchType = .ec2
        }
        #expect(bench.tasks.isEmpty)
        bench.pass(.seconds(50))
        #expect(try bench.web().fruitlessPasses == 6)
        #expect(try bench.web().nextPass == bench.now + .seconds(300))
        #expect(
            try bench.messages() == [
                "(service web) was unable to place a task because no container instance met all of its requirements. "
                    + "Reason: No Container Instances were found in your cluster. For more information, see the "
                    + "Troubleshooting section of the Amazon ECS Developer Guide."
            ])
        bench.addInstance(1, provider: nil)
        #expect(bench.tasks.map(\.lastStatus) == [.pending])
    }

    @Test func `a service is refused for what AWS refuses`() throws {
        let cases: [(Refusal, (inout ServiceSpecification) -> Void)] = [
            (.clusterNotFound(), { $0.cluster = nil }),
            (.invalidServiceName(), { $0.name = "a b" }),
            (.desiredCountMissing(), { $0.desiredCount = nil }),
            (.desiredCountOutOfRange(), { $0.desiredCount = -1 }),
            (.taskDefinitionNotFound(), { $0.taskDefinition = "other" }),
            (.networkUnwanted(), { $0.network = NetworkConfiguration(subnets: ["subnet-1"]) }),
            (
                .daemonStrategy(),
                {
                    $0.schedulingStrategy = .daemon
                    $0.desiredCount = nil
                }
            ),
            (.desiredCountOfDaemon(), { $0.schedulingStrategy = .daemon }),
        ]
        var bench = try Bench()
        let before = bench
        for (refusal, change) in cases {
            #expect(throws: refusal) { try bench.service(desired: 1, change) }
        }
        #expect(bench == before)
    }

    @Test func `an awsvpc task definition needs subnets`() throws {
        var bench = try Bench()
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "vpc") { $0.networkMode = .awsvpc }, at: bench.now)
        #expect(throws: Refusal.networkMissing()) { try bench.service(desired: 1) { $0.taskDefinition = "vpc" } }
        #expect(throws: Refusal.subnetsEmpty()) {
            try bench.service(desired: 1) {
                $0.taskDefinition = "vpc"
                $0.network = NetworkConfiguration(subnets: [])
            }
        }
    }

    @Test func `an empty strategy returns to the launch type, if there was one`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        #expect(throws: Refusal.noLaunchTypeToFallBackTo()) { try bench.update { $0.strategy = [] } }
        try bench.service("b", desired: 0) {
            $0.strategy = []
            $0.launchType = .ec2
        }
        try bench.update("b") { $0.strategy = [CapacityProviderStrategyItem("cp", weight: 1)] }
        #expect(try bench.web("b").revision.strategy.map(\.provider) == ["cp"])
        try bench.update("b") { $0.strategy = [] }
        #expect(try bench.web("b").revision.strategy.isEmpty)
    }

    @Test func `events are kept newest first, a hundred of them`() throws {
        var bench = try Bench()
        try bench.service(desired: 0)
        for count in 1...101 {
            bench.ecs.serviceScaled(resourceID: "service/demo/web", count: 0, message: "event \(count)", at: bench.now)
        }
        #expect(try bench.messages().count == 100)
        #expect(try bench.messages().first == "event 101")
    }
}
