import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct DaemonTests {
    private func bench() throws -> Bench {
        var bench = try Bench()
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "agent", cpu: 128, memory: 128), at: bench.now)
        bench.addInstance(1)
        try bench.service("agent", desired: nil) {
            $0.taskDefinition = "agent"
            $0.schedulingStrategy = .daemon
            $0.strategy = []
            $0.launchType = .ec2
        }
        return bench
    }

    @Test func `every instance gets one task as soon as it registers`() throws {
        var bench = try bench()
        bench.addInstance(2, provider: nil)
        #expect(bench.wanted.count == 2)
        #expect(Set(bench.wanted.map(\.containerInstance)).count == 2)
        #expect(try bench.web("agent").desiredCount == 2)
        bench.passRunning(.seconds(60))
        #expect(try bench.web("agent").primary?.rolloutState == .completed)
    }

    @Test func `its tasks are told apart from those that keep an instance busy`() throws {
        let bench = try bench()
        #expect(bench.events.contains(.occupancyChanged(InstanceID(number: 1), nonDaemonTasks: 0, allTasks: 1)))
    }

    @Test func `on a draining instance it stops last`() throws {
        var bench = try bench()
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.passRunning(.seconds(60))
        bench.ecs.drainInstance(InstanceID(number: 1), at: bench.now)
        bench.collect()
        let daemon = bench.tasks[0]
        #expect(daemon.lastStatus == .running)
        bench.exit(task)
        #expect(bench.ecs.tasks[daemon.id]?.lastStatus == .stopping)
        bench.stopAll()
        #expect(bench.events.contains(.instanceEmptied(InstanceID(number: 1))))
        #expect(try bench.web("agent").desiredCount == 0)
    }

    @Test func `a deployment replaces it instance by instance`() throws {
        var bench = try bench()
        bench.addInstance(2)
        bench.passRunning(.seconds(60))
        _ = try bench.ecs.registerTaskDefinition(.worker(family: "agent", cpu: 128, memory: 128), at: bench.now)
        try bench.update("agent") { $0.taskDefinition = "agent" }
        bench.passRunning(.seconds(60))
        #expect(bench.wanted.map(\.definition.revision) == [2, 2])
        #expect(try bench.web("agent").deployments.count == 1)
    }

    @Test func `its lost task is replaced, and constraints keep it off an instance`() throws {
        var bench = try bench()
        bench.passRunning(.seconds(60))
        bench.exit(bench.tasks[0])
        #expect(bench.wanted.count == 1)
        let query = try ClusterQuery("attribute:ecs.availability-zone == us-east-1b")
        try bench.update("agent") {
            $0.placementConstraints = [.memberOf(query)]
            $0.forceNewDeployment = true
        }
        #expect(try bench.web("agent").desiredCount == 0)
    }
}
