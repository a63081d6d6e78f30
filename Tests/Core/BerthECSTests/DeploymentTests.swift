import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct DeploymentTests {
    static let bounds = """
        4 100 200 | 4 8
        3 50 150  | 2 4
        1 50 100  | 1 1
        5 0 100   | 0 5
        10 33 133 | 4 13
        0 100 200 | 0 0
        """

    @Test(arguments: bounds.split(separator: "\n").map(String.init))
    func `the lower bound is rounded up and the upper one down`(row: String) {
        let numbers = row.split(whereSeparator: { " |".contains($0) }).compactMap { Int($0) }
        let configuration = DeploymentConfiguration(minimumHealthyPercent: numbers[1], maximumPercent: numbers[2])
        let bounds = RolloutBounds(desired: numbers[0], configuration)
        #expect([bounds.lower, bounds.upper] == [numbers[3], numbers[4]])
    }

    /// A service of so many healthy tasks on an instance with room for many.
    private func healthy(_ desired: Int, minimum: Int = 100, maximum: Int = 200) throws -> Bench {
        var bench = try Bench()
        bench.addInstance(1, cpu: 16_384, memory: 65_536)
        try bench.service(desired: desired) {
            $0.deploymentConfiguration = DeploymentConfiguration(
                minimumHealthyPercent: minimum, maximumPercent: maximum)
        }
        bench.passRunning(.seconds(60))
        _ = try bench.ecs.registerTaskDefinition(.worker(), at: bench.now)
        #expect(try bench.web().primary?.rolloutState == .completed)
        return bench
    }

    private func revisions(_ bench: Bench) -> [Int] { bench.wanted.map(\.definition.revision) }

    @Test func `a deployment doubles the tasks, waits until the new ones count as healthy, and stops the old`() throws {
        var bench = try healthy(2)
        try bench.update { $0.taskDefinition = "worker" }
        #expect(revisions(bench) == [1, 1, 2, 2])
        #expect(try bench.web().deployments.map(\.status) == [.primary, .active])
        bench.runAll()
        bench.pass(.seconds(39))
        #expect(revisions(bench) == [1, 1, 2, 2])
        bench.pass(.seconds(1))
        #expect(revisions(bench) == [2, 2])
        let service = try bench.web()
        #expect(service.deployments.count == 1)
        #expect(service.primary?.rolloutState == .completed)
        #expect(service.primary?.rolloutStateReason == "ECS deployment \(service.primary?.id ?? "") completed.")
    }

    @Test(arguments: [(39, false), (40, true)])
    func `the first deployment completes forty seconds after its tasks run`(seconds: Int, isComplete: Bool) throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        bench.pass(.seconds(seconds))
        #expect(try (bench.web().primary?.rolloutState == .completed) == isComplete)
    }

    @Test func `pace shortens the time until a task counts as healthy`() throws {
        var bench = try Bench(pace: Pace(factor: 10))
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        bench.pass(.milliseconds(3_999))
        #expect(try bench.web().isDeploying)
        bench.pass(.milliseconds(1))
        #expect(try !bench.web().isDeploying)
    }

    @Test func `with a maximum of one hundred the old go first, as far as the minimum allows`() throws {
        var bench = try healthy(4, minimum: 50, maximum: 100)
        try bench.update { $0.taskDefinition = "worker" }
        #expect(revisions(bench) == [1, 1])
        bench.passRunning(.seconds(10))
        #expect(revisions(bench) == [1, 1, 2, 2])
        bench.passRunning(.seconds(120))
        #expect(revisions(bench) == [2, 2, 2, 2])
        #expect(try bench.web().primary?.rolloutState == .completed)
    }

    @Test func `a deployment that may neither stop nor start says so`() throws {
        var bench = try healthy(1, minimum: 100, maximum: 100)
        try bench.update { $0.taskDefinition = "worker" }
        bench.passRunning(.seconds(600))
        #expect(revisions(bench) == [1])
        #expect(try bench.messages().filter { $0 == ServiceEventText.deadlocked("web") }.count == 1)
        try bench.update {
            $0.deploymentConfiguration = DeploymentConfiguration(minimumHealthyPercent: 0, maximumPercent: 100)
        }
        bench.passRunning(.seconds(60))
        #expect(revisions(bench) == [2])
    }

    @Test func `some changes deploy and others do not`() throws {
        let cases: [(Bool, (inout ServiceUpdate) -> Void)] = [
            (true, { $0.taskDefinition = "worker" }),
            (true, { $0.forceNewDeployment = true }),
            (true, { $0.platformVersion = "1.4.0" }),
            (false, { $0.desiredCount = 3 }),
            (false, { $0.strategy = [CapacityProviderStrategyItem("cp", weight: 5)] }),
            (false, { $0.placementConstraints = [.distinctInstance] }),
            (false, { $0.enablesManagedTags = true }),
        ]
        for (deploys, change) in cases {
            var bench = try healthy(1)
            let before = try bench.web().primary?.id
            try bench.update("web", change)
            #expect(try (bench.web().primary?.id != before) == deploys)
        }
    }

    @Test func `a change of count that also deploys first fills the old deployment`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        try bench.service(desired: 0)
        try bench.update {
            $0.desiredCount = 1
            $0.strategy = [CapacityProviderStrategyItem("spot", weight: 1)]
            $0.forceNewDeployment = true
        }
        // The strategy is the service's own; the deployment that was keeps the one it had.
        #expect(bench.wanted.map(\.capacityProvider) == ["cp", "spot"])
        bench.pass(.seconds(9))
        #expect(bench.wanted.map(\.capacityProvider) == ["cp", "spot"])
        bench.pass(.seconds(1))
        #expect(bench.wanted.map(\.capacityProvider) == ["spot"])
        #expect(try bench.messages().contains { $0.contains("has stopped 1 pending tasks") })
    }

    @Test func `an old task that ends during a deployment is replaced in its own revision`() throws {
        var bench = try healthy(1)
        try bench.update { $0.taskDefinition = "worker" }
        bench.pass(.seconds(10))
        bench.exit(bench.wanted[0])
        bench.pass(.seconds(10))
        #expect(revisions(bench) == [2, 1])
    }

    @Test func `a protected old task holds the deployment open until its protection ends`() throws {
        var bench = try healthy(1)
        let old = bench.wanted[0]
        _ = try bench.ecs.updateTaskProtection(
            cluster: "demo", tasks: [old.arn], isEnabled: true, expiresInMinutes: 10, at: bench.now)
        try bench.update { $0.taskDefinition = "worker" }
        bench.passRunning(.seconds(599))
        #expect(revisions(bench) == [1, 2])
        #expect(try bench.web().primary?.rolloutState == .inProgress)
        bench.passRunning(.seconds(1))
        #expect(revisions(bench) == [2])
        #expect(try bench.web().primary?.rolloutState == .completed)
    }

    @Test func `a deployment of nothing completes at once`() throws {
        var bench = try healthy(0)
        try bench.update { $0.forceNewDeployment = true }
        #expect(try bench.web().deployments.map(\.rolloutState) == [.completed])
    }

    @Test func `tasks of a draining instance are replaced before they stop`() throws {
        var bench = try healthy(1)
        let old = bench.wanted[0]
        bench.addInstance(2)
        bench.events = []
        bench.ecs.drainInstance(InstanceID(number: 1), at: bench.now)
        bench.collect()
        #expect(bench.wanted.count == 2)
        #expect(!bench.events.contains(.instanceEmptied(InstanceID(number: 1))))
        bench.passRunning(.seconds(40))
        #expect(bench.ecs.tasks[old.id]?.lastStatus == .stopping)
        bench.stopAll()
        #expect(bench.events.contains(.instanceEmptied(InstanceID(number: 1))))
        #expect(bench.events.contains(.occupancyChanged(InstanceID(number: 1), nonDaemonTasks: 0, allTasks: 0)))
    }

    @Test func `a standalone task on a draining instance is left to finish`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.runAll()
        bench.ecs.drainInstance(InstanceID(number: 1), at: bench.now)
        bench.pass(.seconds(3_600))
        #expect(bench.ecs.tasks[task.id]?.lastStatus == .running)
        bench.exit(task)
        #expect(bench.events.contains(.instanceEmptied(InstanceID(number: 1))))
    }
}
