import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct ScaleInTests {
    private func zones(_ bench: Bench) -> [String] {
        bench.wanted.compactMap { $0.zone?.suffix(1) }.map(String.init).sorted()
    }

    @Test func `the fullest zone gives first`() throws {
        var bench = try Bench()
        bench.addInstance(1, zone: "us-east-1a", cpu: 4_096, memory: 8_192)
        try bench.service(desired: 4)
        bench.addInstance(2, zone: "us-east-1b", cpu: 4_096, memory: 8_192)
        try bench.update { $0.desiredCount = 6 }
        bench.runAll()
        #expect(zones(bench) == ["a", "a", "a", "a", "b", "b"])
        try bench.update { $0.desiredCount = 4 }
        #expect(zones(bench) == ["a", "a", "b", "b"])
        try bench.update { $0.desiredCount = 2 }
        #expect(zones(bench) == ["a", "b"])
    }

    @Test func `tasks that do not run yet go before those that do`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 2)
        bench.runAll()
        try bench.update { $0.desiredCount = 4 }
        try bench.update { $0.desiredCount = 2 }
        #expect(bench.wanted.map(\.lastStatus) == [.running, .running])
        #expect(bench.tasks(.stopped).count == 2)
    }

    @Test func `protected tasks are never chosen, and the service says why it cannot scale in`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 2)
        bench.runAll()
        let busy = bench.tasks[0]
        _ = try bench.ecs.updateTaskProtection(
            cluster: "demo", tasks: [busy.id.hex], isEnabled: true, expiresInMinutes: nil, at: bench.now)
        try bench.update { $0.desiredCount = 0 }
        #expect(bench.wanted.map(\.id) == [busy.id])
        let deployment = try #require(try bench.web().primary?.id)
        #expect(try bench.messages().contains(ServiceEventText.protected("web", deployment)))
        bench.pass(.seconds(7_199))
        #expect(bench.wanted.map(\.id) == [busy.id])
        bench.pass(.seconds(1))
        #expect(bench.wanted.isEmpty)
    }

    @Test func `a service that packs frees the emptiest instance`() throws {
        var bench = try Bench()
        bench.addInstance(1, cpu: 1_024)
        bench.addInstance(2, cpu: 2_048, memory: 8_192)
        try bench.service(desired: 3) { $0.placementStrategies = [.binpack(.cpu)] }
        bench.runAll()
        try bench.update { $0.desiredCount = 2 }
        let left = bench.wanted.compactMap { $0.containerInstance.flatMap { bench.ecs.instances[$0]?.instance.number } }
        #expect(left == [1, 1])
    }

    @Test func `the provider furthest above its share gives first`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        bench.addInstance(1, provider: "cp", cpu: 16_384, memory: 32_768)
        bench.addInstance(2, provider: "spot", cpu: 16_384, memory: 32_768)
        try bench.service(desired: 10) {
            $0.strategy = [
                CapacityProviderStrategyItem("cp", weight: 1, base: 2),
                CapacityProviderStrategyItem("spot", weight: 3),
            ]
        }
        bench.runAll()
        try bench.update { $0.desiredCount = 2 }
        #expect(bench.wanted.map(\.capacityProvider) == ["cp", "cp"])
    }
}

@Suite struct ProtectionTests {
    @Test func `only service tasks can be protected, and failures name the others`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        let own = bench.tasks[0]
        let other = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        let reply = try bench.ecs.updateTaskProtection(
            cluster: "demo", tasks: [own.arn, other.arn, "nothing"], isEnabled: true, expiresInMinutes: 1,
            at: bench.now)
        #expect(
            reply.protections == [
                TaskProtection(taskARN: own.arn, isEnabled: true, expiresAt: bench.now + .seconds(60))
            ])
        #expect(reply.failures == [Failure(arn: other.arn, reason: "TASK_NOT_VALID"), .missing("nothing")])
        let later = try bench.ecs.taskProtection(cluster: "demo", tasks: [own.arn], at: bench.now + .seconds(60))
        #expect(later.protections.map(\.isEnabled) == [false])
    }

    @Test(arguments: [0, 2_881])
    func `protection lasts between a minute and two days`(minutes: Int) throws {
        var bench = try Bench()
        try bench.service(desired: 1)
        let arn = bench.tasks[0].arn
        #expect(throws: Refusal.protectionOutOfRange()) {
            try bench.ecs.updateTaskProtection(
                cluster: "demo", tasks: [arn], isEnabled: true, expiresInMinutes: minutes, at: bench.now)
        }
    }

    @Test func `protection does not help against StopTask`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        let arn = bench.tasks[0].arn
        _ = try bench.ecs.updateTaskProtection(
            cluster: "demo", tasks: [arn], isEnabled: true, expiresInMinutes: nil, at: bench.now)
        #expect(try bench.ecs.stopTask(cluster: "demo", task: arn, reason: nil, at: bench.now).lastStatus == .stopping)
    }
}
