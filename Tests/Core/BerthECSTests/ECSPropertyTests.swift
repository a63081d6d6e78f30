import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

/// Random commands and reports: whatever happens, resources and counts add up.
@Suite struct ECSPropertyTests {
    private struct Walk {
        var bench: Bench
        var choice: RandomStream
        var instances: UInt64 = 0

        init(seed: UInt64) throws {
            bench = try Bench(seed: seed, providers: [.cp, .spot, .unmanaged])
            choice = RandomStream(seed: seed, purpose: "walk")
            _ = try bench.ecs.registerTaskDefinition(
                .worker(family: "ports", cpu: 128, memory: 256) {
                    $0.containers[0].portMappings = [.init(containerPort: 80, hostPort: 8_080)]
                }, at: bench.now)
            for name in ["web", "jobs"] {
                try bench.service(name, desired: 1) {
                    $0.taskDefinition = name == "web" ? "worker" : "ports"
                    $0.strategy = [.init("cp", weight: 1, base: 1), .init("spot", weight: 2)]
                    $0.deploymentConfiguration = DeploymentConfiguration(
                        minimumHealthyPercent: 50, maximumPercent: 150,
                        circuitBreaker: .init(isEnabled: true, rollsBack: true))
                }
            }
            try bench.service("agent", desired: nil) {
                $0.taskDefinition = "ports"
                $0.schedulingStrategy = .daemon
                $0.strategy = []
                $0.launchType = .ec2
            }
        }

        mutating func pick<T>(_ values: [T]) -> T? {
            values.isEmpty ? nil : values[choice.nextIndex(below: values.count)]
        }

        /// One random step.
        ///
        /// A refusal must leave everything as it was.
        mutating func step() {
            let name = pick(["web", "jobs"]) ?? "web"
            let before = bench
            do {
                switch choice.nextIndex(below: 16) {
                case 0: addInstance()
                case 1: bench.pass(.milliseconds(choice.nextIndex(below: 90_000)))
                case 2, 3: bench.runAll()
                case 4: bench.stopAll()
                case 5: if let task = pick(bench.tasks(.running)) { bench.exit(task, code: 1) }
                case 6: if let task = pick(bench.tasks(.pending)), task.generation > 0 { bench.fail(task) }
                case 7, 8:
                    let count = choice.nextIndex(below: 9) - 1
                    try bench.update(name) { $0.desiredCount = count }
                case 9: try bench.update(name) { $0.forceNewDeployment = true }
                case 10: try runTask()
                case 11: try stopTask()
                case 12: if let instance = anyInstance() { bench.ecs.drainInstance(instance, at: bench.now) }
                case 13:
                    guard choice.nextIndex(below: 3) == 0, let instance = anyInstance() else { break }
                    bench.ecs.instanceTerminated(instance, at: bench.now)
                case 14: try protect()
                default: try deleteAndCreate()
                }
                bench.collect()
            } catch {
                #expect(bench == before)
            }
        }

        private mutating func addInstance() {
            guard bench.ecs.instances.count < 12 else { return }
            instances += 1
            bench.addInstance(
                instances, zone: pick(["us-east-1a", "us-east-1b", "us-east-1c"]) ?? "",
                provider: pick(["cp", "spot", "unmanaged", nil]) ?? nil)
        }

        private mutating func anyInstance() -> InstanceID? { pick(bench.ecs.instances.values.map(\.instance)) }

        private mutating func runTask() throws {
            let provider = pick(["cp", "unmanaged", "unknown"]) ?? ""
            _ = try bench.ecs.runTask(
                RunTaskRequest(
                    cluster: "demo", taskDefinition: pick(["worker", "ports"]) ?? "",
                    count: choice.nextIndex(below: 5), strategy: [.init(provider, weight: 1)]), at: bench.now)
        }

        private mutating func stopTask() throws {
            let task = pick(bench.tasks)?.id.hex ?? "none"
            _ = try bench.ecs.stopTask(cluster: "demo", task: task, reason: nil, at: bench.now)
        }

        private mutating func protect() throws {
            guard let task = pick(bench.tasks) else { return }
            _ = try bench.ecs.updateTaskProtection(
                cluster: "demo", tasks: [task.arn], isEnabled: choice.nextIndex(below: 3) > 0,
                expiresInMinutes: choice.nextIndex(below: 4), at: bench.now)
        }

        private mutating func deleteAndCreate() throws {
            guard choice.nextIndex(below: 4) == 0 else { return }
            _ = try bench.ecs.deleteService(cluster: "demo", service: "jobs", force: true, at: bench.now)
            try bench.service("jobs", desired: 2) { $0.taskDefinition = "ports" }
        }
    }

    /// What must hold after every step.
    private func check(_ ecs: ECS) {
        for instance in ecs.instances.values { check(instance, ecs) }
        for service in ecs.services.values { check(service, ecs) }
        for id in ecs.waiting {
            let task = ecs.tasks[id]
            #expect(task?.lastStatus == .provisioning && task?.containerInstance == nil && task?.isWanted == true)
        }
        let waiting = ecs.tasks.values.count { $0.lastStatus == .provisioning && $0.launchType == .ec2 }
        #expect(waiting == ecs.waiting.count)
        #expect(ecs.unsettled == Unsettled())
    }

    private func check(_ instance: ContainerInstance, _ ecs: ECS) {
        var scheduled = ResourceLedger(of: instance.facts.resources)
        var actual = scheduled
        var nonDaemon = 0
        for task in ecs.tasks.values where task.containerInstance == instance.id && task.lastStatus != .stopped {
            #expect(instance.tasks.contains(task.id))
            if task.isWanted { scheduled.take(task.needs) }
            if task.generation > 0 { actual.take(task.needs) }
            nonDaemon += task.isDaemon ? 0 : 1
        }
        #expect(scheduled == instance.scheduled)
        #expect(actual == instance.actual)
        #expect(nonDaemon == instance.nonDaemonTasks)
        for ledger in [scheduled, actual] {
            #expect(min(ledger.remaining.cpu, ledger.remaining.memory) >= 0)
            #expect(Set(ledger.usedTCPPorts).count == ledger.usedTCPPorts.count)
        }
    }

    private func check(_ service: ECSService, _ ecs: ECS) {
        let alive = ecs.tasks.values.filter { task in
            task.lastStatus != .stopped && service.deployments.contains { $0.id == task.startedBy }
        }
        for deployment in service.deployments {
            let own = alive.filter { $0.startedBy == deployment.id }
            #expect(deployment.runningCount == own.count { $0.lastStatus == .running })
            #expect(deployment.pendingCount == own.count { $0.isOnItsWay })
            #expect(deployment.wantedCount == own.count(where: \.isWanted))
            for (provider, count) in deployment.tasksByProvider {
                #expect(count == own.count { $0.isWanted && ($0.capacityProvider ?? "") == provider })
            }
        }
        #expect(alive.allSatisfy { service.tasks.contains($0.id) })
    }

    @Test(arguments: 1...24)
    func `resources, counts and refusals add up after every step`(seed: UInt64) throws {
        var walk = try Walk(seed: seed)
        for _ in 0..<150 {
            walk.step()
            check(walk.bench.ecs)
        }
        let tasks = walk.bench.tasks
        #expect(tasks.count > 30 && tasks.contains { $0.stoppedAt != nil }, "the walk went nowhere")
    }

    @Test(arguments: 1...12)
    func `many small steps in time and one large step end in the same state`(seed: UInt64) throws {
        var walk = try Walk(seed: seed)
        for _ in 0..<60 { walk.step() }
        var (small, large) = (walk.bench.ecs, walk.bench.ecs)
        let end = walk.bench.now + .seconds(5_000)
        for step in stride(from: 0, through: 5_000, by: 7) { small.advance(to: walk.bench.now + .seconds(step)) }
        small.advance(to: end)
        large.advance(to: end)
        #expect(small == large)
    }

    @Test func `equal seeds and commands give equal worlds`() throws {
        var (first, second) = (try Walk(seed: 77), try Walk(seed: 77))
        for _ in 0..<200 {
            first.step()
            second.step()
        }
        #expect(first.bench == second.bench)
    }
}
