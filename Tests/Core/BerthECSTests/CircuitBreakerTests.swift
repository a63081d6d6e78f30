import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct CircuitBreakerTests {
    @Test(arguments: [(0, 3), (1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (1_000, 200)])
    func `the breaker opens at half of the desired count within its bounds`(desired: Int, threshold: Int) {
        #expect(ECS.breakerThreshold(desired: desired) == threshold)
    }

    /// A service whose first deployment is complete, about to deploy a revision that cannot start.
    private func bench(rollsBack: Bool) throws -> Bench {
        var bench = try Bench()
        bench.addInstance(1, cpu: 8_192, memory: 16_384)
        try bench.service(desired: 1) {
            $0.deploymentConfiguration = DeploymentConfiguration(
                minimumHealthyPercent: 100, maximumPercent: 200,
                circuitBreaker: .init(isEnabled: true, rollsBack: rollsBack))
        }
        bench.passRunning(.seconds(60))
        _ = try bench.ecs.registerTaskDefinition(.worker(), at: bench.now)
        try bench.update { $0.taskDefinition = "worker" }
        return bench
    }

    private func failNewest(_ bench: inout Bench) throws {
        bench.fail(try #require(bench.wanted.last { $0.definition.revision == 2 && $0.lastStatus == .pending }))
        bench.pass(.seconds(10))
    }

    @Test func `after three failed starts the deployment has failed and starts nothing more`() throws {
        var bench = try bench(rollsBack: false)
        let id = try #require(try bench.web().primary?.id)
        try failNewest(&bench)
        try failNewest(&bench)
        #expect(try bench.web().primary?.failedTasks == 2)
        #expect(try bench.web().primary?.rolloutState == .inProgress)
        try failNewest(&bench)
        #expect(try bench.web().primary?.rolloutState == .failed)
        #expect(try bench.messages().contains(ServiceEventText.failed("web", id)))
        bench.pass(.seconds(7_200))
        #expect(bench.wanted.map(\.definition.revision) == [1])
    }

    @Test func `a breaker that rolls back deploys the revision that completed last`() throws {
        var bench = try bench(rollsBack: true)
        for _ in 0..<3 { try failNewest(&bench) }
        let service = try bench.web()
        #expect(service.primary?.revision.taskDefinition.revision == 1)
        #expect(service.primary?.rolloutStateReason.contains("rolling back to deploymentId") == true)
        bench.passRunning(.seconds(120))
        #expect(try bench.web().primary?.rolloutState == .completed)
        #expect(try bench.web().deployments.count == 1)
    }

    @Test func `exits after RUNNING do not count`() throws {
        var bench = try bench(rollsBack: false)
        for _ in 0..<5 {
            bench.runAll()
            if let task = bench.wanted.last(where: { $0.definition.revision == 2 }) { bench.exit(task, code: 1) }
            bench.pass(.seconds(10))
        }
        #expect(try bench.web().primary?.failedTasks == 0)
        #expect(try bench.web().primary?.rolloutState == .inProgress)
    }

    /// When, in seconds after the first start, each attempt is made.
    static let attempts = [0, 10, 20, 80, 200, 440, 920, 1_880, 3_500]

    @Test func `starts that fail again and again are made more and more seldom`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        let start = bench.now
        var seconds: [Int] = []
        while seconds.count < Self.attempts.count {
            while let task = bench.tasks(.pending).first {
                seconds.append(Int((bench.now - start).inSeconds))
                bench.fail(task)
            }
            bench.now = try #require(bench.ecs.nextDeadline)
            bench.pass(.zero)
        }
        #expect(seconds == Self.attempts)
        #expect(try bench.messages().contains(ServiceEventText.impaired("web")))
    }

    @Test func `tasks that start together and fail together are one attempt`() throws {
        var bench = try Bench()
        bench.addInstance(1, cpu: 8_192, memory: 16_384)
        try bench.service(desired: 8)
        for task in bench.tasks(.pending) { bench.fail(task) }
        #expect(try bench.web().primary?.failedAttempts == 1)
        #expect(try bench.web().primary?.throttledUntil == nil)
    }
}
