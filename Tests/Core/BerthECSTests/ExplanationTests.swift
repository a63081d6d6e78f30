import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct ExplanationTests {
    @Test func `a service that waits for its first instance says so link by link`() throws {
        var bench = try Bench()
        try bench.service(desired: 2)
        bench.pass(.seconds(30))
        let links = try bench.ecs.whyWaiting(service: "web", cluster: "demo", at: bench.now)
        #expect(links.map(\.kind) == [.service, .deployment, .service, .task, .provider, .instance])
        #expect(links[0].sentence == "Service web is ACTIVE, wants 2 tasks, runs 0 and has 2 on the way.")
        #expect(links[3].sentence.hasSuffix("waits for an instance since 30 s; 870 s are left."))
        #expect(
            links[4].sentence
                == "Capacity provider cp has 0 registered instances, 0 ACTIVE, and 2 tasks waiting for it.")
        #expect(links[5].sentence == "No container instance is registered in capacity provider cp.")
        #expect(links[5].isWaiting)
    }

    @Test func `a task without room names the closest instance and what it lacks`() throws {
        var bench = try Bench()
        bench.addInstance(1, memory: 1_000)
        try bench.service(desired: 1)
        let links = try bench.ecs.whyWaiting(task: bench.tasks[0].arn, cluster: "demo", at: bench.now)
        #expect(
            links.last?.sentence
                == "None of 1 instance of capacity provider cp will do; on the closest, \(InstanceID(number: 1)), "
                + "it needs 1024 MiB of memory and 1000 MiB are left.")
    }

    @Test func `what runs waits for nothing`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 1)
        bench.runAll()
        let links = try bench.ecs.whyWaiting(service: "web", cluster: "demo", at: bench.now)
        #expect(links.allSatisfy { !$0.isWaiting })
        #expect(throws: Refusal.serviceNotFound()) {
            try bench.ecs.whyWaiting(service: "other", cluster: "demo", at: bench.now)
        }
    }

    @Test func `every decision is a sentence`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        try bench.service(desired: 3)
        bench.passRunning(.seconds(60))
        try bench.update { $0.desiredCount = 0 }
        bench.stopAll()
        #expect(bench.sentences.count > 8)
        #expect(bench.sentences.allSatisfy { $0.hasSuffix(".") && $0.first?.isUppercase ?? false || $0.hasPrefix("(") })
    }
}
