import BerthKernel
import BerthPlacement
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthECS

/// A machine under test with a cluster `demo`, a self-scaling provider `cp` and a task definition `worker:1`,
/// whose clock moves only when told.
struct Bench: Equatable {
    var ecs: ECS
    var now = Instant.monday
    var events: [ECSEvent] = []

    init(
        pace: Pace = .truth, seed: UInt64 = 1, settings: ECSSettings = .init(), providers: [ProviderFacts] = [.cp],
        defaultStrategy: [CapacityProviderStrategyItem] = []
    ) throws {
        ecs = ECS(tenancy: .test, pace: pace, seed: seed, settings: settings)
        for provider in providers { ecs.providerChanged(provider, at: now) }
        _ = try ecs.createCluster(
            ClusterSpecification(
                name: "demo", capacityProviders: providers.map(\.name), defaultStrategy: defaultStrategy), at: now)
        _ = try ecs.registerTaskDefinition(.worker(), at: now)
        collect()
    }

    mutating func collect() { events += ecs.drain() }

    mutating func pass(_ duration: Duration) {
        now = now + duration
        ecs.advance(to: now)
        collect()
    }

    /// Lets time pass deadline by deadline, each task that is started meanwhile running at once.
    mutating func passRunning(_ duration: Duration) {
        let end = now + duration
        runAll()
        while let next = ecs.nextDeadline, next <= end {
            now = max(now, next)
            ecs.advance(to: now)
            collect()
            runAll()
        }
        now = end
    }

    mutating func service(
        _ name: String = "web", desired: Int?, _ change: (inout ServiceSpecification) -> Void = { _ in }
    ) throws {
        var specification = ServiceSpecification(
            cluster: "demo", name: name, taskDefinition: "worker", desiredCount: desired,
            strategy: [CapacityProviderStrategyItem("cp", weight: 1)])
        change(&specification)
        _ = try ecs.createService(specification, at: now)
        collect()
    }

    mutating func update(_ service: String = "web", _ change: (inout ServiceUpdate) -> Void) throws {
        var update = ServiceUpdate(cluster: "demo", service: service)
        change(&update)
        _ = try ecs.updateService(update, at: now)
        collect()
    }

    mutating func addInstance(
        _ number: UInt64, zone: String = "us-east-1a", provider: String? = "cp", cpu: Int = 1_024, memory: Int = 2_048,
        gpus: Int = 0
    ) {
        let facts = InstanceFacts(
            instance: InstanceID(number: number), cluster: "demo", capacityProvider: provider,
            instanceType: "c5.large", zone: zone,
            resources: RegisteredResources(cpu: cpu, memory: memory, gpus: gpus, networkInterfaces: 2),
            attributes: [.init(name: "ecs.availability-zone", value: zone)])
        ecs.instancesRegistered([facts], at: now)
        collect()
    }

    mutating func report(_ task: ECSTask, _ event: TaskReport.Event) {
        ecs.report(TaskReport(task: task.id, generation: task.generation, event: event), at: now)
        collect()
    }

    /// Every task that was told to start runs now.
    mutating func runAll() {
        for task in tasks where task.lastStatus == .pending && task.generation > 0 {
            report(task, .started(runtimeIDs: task.containers.map { "pid-\($0.name)" }))
        }
    }

    /// Every task that was told to stop has stopped now.
    mutating func stopAll() {
        for task in tasks where task.lastStatus == .stopping { report(task, .stopped) }
    }

    /// A task that runs ends by itself.
    mutating func exit(_ task: ECSTask, code: Int = 0) {
        report(task, .containerExited(container: "main", exitCode: code, reason: nil))
        if let task = ecs.tasks[task.id] { report(task, .stopped) }
    }

    mutating func fail(_ task: ECSTask) {
        report(task, .failedToStart(container: "main", reason: "CannotStartContainerError: no such file"))
        if let task = ecs.tasks[task.id] { report(task, .stopped) }
    }

    var tasks: [ECSTask] { Array(ecs.tasks.values) }
    var wanted: [ECSTask] { tasks.filter(\.isWanted) }

    func tasks(_ status: ECSTask.Status) -> [ECSTask] { tasks.filter { $0.lastStatus == status } }

    func web(_ name: String = "web") throws -> ECSService {
        try #require(try ecs.service(name, cluster: "demo"))
    }

    func messages(_ name: String = "web") throws -> [String] {
        try web(name).events.map(\.message)
    }

    var sentences: [String] {
        events.compactMap { event in
            if case .decided(let decision) = event { decision.sentence } else { nil }
        }
    }

    var launches: [TaskLaunch] {
        events.compactMap { if case .startTask(let launch) = $0 { launch } else { nil } }
    }
}

extension ProviderFacts {
    static let cp = ProviderFacts(name: "cp", kind: .autoScalingGroup, scalesItself: true)
    static let spot = ProviderFacts(name: "spot", kind: .autoScalingGroup, scalesItself: true)
    static let unmanaged = ProviderFacts(name: "unmanaged", kind: .autoScalingGroup, scalesItself: false)
}

extension TaskDefinitionSpecification {
    /// One container of half the standard instance.
    static func worker(
        family: String = "worker", cpu: Int = 512, memory: Int = 1_024, gpus: Int = 0,
        _ change: (inout TaskDefinitionSpecification) -> Void = { _ in }
    ) -> TaskDefinitionSpecification {
        var container = ContainerDefinition(name: "main", image: "worker", cpu: cpu, memory: memory)
        if gpus > 0 { container.resourceRequirements = [.init(type: "GPU", value: "\(gpus)")] }
        var specification = TaskDefinitionSpecification(family: family, containers: [container])
        change(&specification)
        return specification
    }
}
