import BerthCapacity
import BerthKernel
import BerthTestSupport
import OrderedCollections

/// A world's capacity with a launch template, and a group of c5.xlarge with a provider in cluster `jobs`.
struct Fixture {
    var capacity: Capacity
    var now = Instant.monday
    /// Everything that happened, in order.
    var events: [CapacityEvent] = []

    static let group = "workers"
    static let provider = "provider"
    static let cluster = "jobs"

    /// Nothing but a launch template named `template`.
    init(
        pace: Pace = .truth, settings: CapacitySettings = .init(), type: String = "c5.xlarge", isSpot: Bool = false,
        userData: String = "#!/bin/bash\necho ECS_CLUSTER=jobs >> /etc/ecs/ecs.config"
    ) throws {
        capacity = Capacity(tenancy: .test, pace: pace, seed: 1, settings: settings)
        _ = try capacity.createLaunchTemplate(
            name: "template", data: LaunchTemplateData(instanceType: type, userData: userData, isSpot: isSpot),
            at: now)
        drain()
    }

    /// A group with an associated provider besides.
    static func managed(
        min: Int = 0, max: Int = 10, desired: Int? = nil, scaling: ManagedScaling = .init(),
        isProtecting: Bool = false, drains: Bool = true, pace: Pace = .truth, type: String = "c5.xlarge",
        settings: CapacitySettings = .init()
    ) throws -> Fixture {
        var fixture = try Fixture(pace: pace, settings: settings, type: type)
        try fixture.createGroup(min: min, max: max, desired: desired, isProtected: isProtecting)
        _ = try fixture.capacity.createProvider(
            ProviderSpecification(
                name: provider, group: group, managedScaling: scaling, protectsBusyInstances: isProtecting,
                drainsInstances: drains),
            at: fixture.now)
        fixture.capacity.associate(provider: provider, cluster: cluster, at: fixture.now)
        fixture.drain()
        return fixture
    }

    mutating func createGroup(
        min: Int = 0, max: Int = 10, desired: Int? = nil, zones: [String] = [], isProtected: Bool = false,
        launch: LaunchSource = .template(.init(.name("template"))), policies: [TerminationPolicy] = [.default]
    ) throws {
        _ = try capacity.createGroup(
            GroupSpecification(
                name: Self.group, minSize: min, maxSize: max, desiredCapacity: desired, launch: launch,
                subnets: zones.isEmpty ? capacity.network.subnets.map(\.id) : [], zones: zones,
                newInstancesProtected: isProtected, terminationPolicies: policies),
            at: now)
        drain()
    }

    /// Lets time pass; answers each due reservation with `demand`, as ECS would.
    mutating func wait(_ duration: Duration, demand: [DemandGroup] = []) {
        let end = now + duration
        while let next = capacity.nextDeadline, next <= end {
            now = next
            capacity.advance(to: next)
            for event in drain() {
                if case .reservationDue(let provider, _) = event {
                    capacity.publishReservation(provider: provider, demand: demand, at: now)
                }
            }
            drain()
        }
        now = end
        capacity.advance(to: end)
        drain()
    }

    /// The minute passes and the alarm calls the policy with what was published then.
    mutating func alarm(isHigh: Bool) {
        guard let policy = capacity.providers[Self.provider]?.policy else { return }
        let trigger = AlarmTrigger(
            alarmName: isHigh ? policy.highAlarm : policy.lowAlarm, state: "ALARM", threshold: 100,
            comparison: isHigh ? .greaterThanThreshold : .lessThanThreshold, recentDatapoints: [])
        capacity.invoke(policyARN: policy.arn, trigger, at: now)
        drain()
    }

    @discardableResult mutating func drain() -> [CapacityEvent] {
        let new = capacity.drain()
        events += new
        return new
    }

    var desired: Int? { capacity.groups[Self.group]?.desiredCapacity }

    var live: [Instance] { capacity.instances.values.filter(\.isLive) }

    var percent: Double? { capacity.providers[Self.provider]?.reservation?.percent }

    var samples: [Double] {
        events.compactMap { if case .sample(let sample) = $0 { sample.sum } else { nil } }
    }

    var sentences: [String] {
        events.compactMap { if case .decided(let decision) = $0 { decision.sentence } else { nil } }
    }

    /// Puts one task on each of the first `count` live instances and none on the others.
    mutating func occupy(_ count: Int) {
        for (index, instance) in live.enumerated() {
            let tasks = index < count ? 1 : 0
            capacity.observeOccupancy(instance.id, nonDaemonTasks: tasks, allTasks: tasks, at: now)
        }
    }
}

extension DemandGroup {
    /// Tasks of one vCPU and 1 GiB: four fit a c5.xlarge.
    static func tasks(
        _ count: Int, cpu: Int = 1_024, memory: Int = 1_024, networkInterfaces: Int = 0, isDistinct: Bool = false,
        ports: [Int] = [], gpus: Int = 0
    ) -> DemandGroup {
        DemandGroup(
            needs: ResourceNeeds(
                cpu: cpu, memory: memory, gpus: gpus, networkInterfaces: networkInterfaces, tcpPorts: ports),
            count: count, isDistinct: isDistinct)
    }
}
