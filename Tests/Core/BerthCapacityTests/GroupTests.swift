import BerthCapacity
import BerthKernel
import BerthTestSupport
import CustomDump
import OrderedCollections
import Testing

@Suite struct GroupTests {
    @Test func `a new group launches what it wants and spreads it over its zones`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 5)

        let zones = fixture.live.map(\.zone)
        #expect(zones == ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b"])
    }

    @Test(arguments: [(14, "pending", 0), (15, "running", 0), (69, "running", 0), (70, "running", 1)])
    func `an instance runs after 15 s and registers 55 s later`(second: Int, state: String, registered: Int) throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(second))

        #expect(fixture.live.map(\.state.rawValue) == [state])
        #expect(fixture.events.count { if case .instanceRegistered = $0 { true } else { false } } == registered)
    }

    @Test func `at pace 60 an instance registers in little more than a second`() throws {
        var fixture = try Fixture(pace: Pace(factor: 60))
        try fixture.createGroup(desired: 1)
        fixture.wait(.microseconds(1_166_666))

        #expect(fixture.live.first?.registeredAt != nil)
    }

    @Test func `an instance tells ECS what it is and where`() throws {
        var fixture = try Fixture(type: "g4dn.xlarge")
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(70))
        let facts = try #require(
            fixture.events.compactMap { if case .instanceRegistered(let facts) = $0 { facts } else { nil } }.first)

        #expect(facts.cluster == "jobs")
        #expect(facts.capacityProvider == nil)
        #expect(facts.resources.gpus == 1)
        #expect(facts.attributes.contains(.init(name: "ecs.availability-zone", value: "us-east-1a")))
        #expect(facts.attributes.contains(.init(name: "ecs.capability.task-eni", value: nil)))
        #expect(facts.attributes.map(\.name) == facts.attributes.map(\.name).sorted())
    }

    @Test func `activities explain launches in AWS's words`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(15))
        let activity = try #require(fixture.capacity.activities(of: Fixture.group).first)

        expectNoDifference(activity.description, "Launching a new EC2 instance: \(fixture.live[0].id)")
        expectNoDifference(
            activity.cause,
            "At 2026-01-05T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 "
                + "to 1.  At 2026-01-05T00:00:00Z an instance was started in response to a difference between desired "
                + "and actual capacity, increasing the capacity from 0 to 1.")
        #expect(activity.status == .successful)
        #expect(activity.endedAt == .monday + .seconds(15))
    }

    @Test func `a shrinking group takes from its fullest zone`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 4)
        fixture.wait(.seconds(100))
        try fixture.capacity.setDesired(Fixture.group, to: 3, at: fixture.now)

        #expect(fixture.live.map(\.zone).sorted() == ["us-east-1a", "us-east-1b", "us-east-1c"])
        let activity = try #require(fixture.capacity.activities(of: Fixture.group).first)
        #expect(activity.cause.hasSuffix(" was selected for termination."))
        #expect(
            activity.cause.contains(
                "a user request explicitly set group desired capacity changing the desired capacity from 4 to 3."))
    }

    @Test(arguments: [(TerminationPolicy.oldestInstance, 0), (.newestInstance, 2)])
    func `termination policies choose within the zone`(policy: TerminationPolicy, survivorless: Int) throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1, zones: ["us-east-1a"], policies: [policy])
        for size in 2...3 {
            fixture.wait(.seconds(10))
            try fixture.capacity.setDesired(Fixture.group, to: size, at: fixture.now)
        }
        let ids = fixture.live.map(\.id)
        try fixture.capacity.setDesired(Fixture.group, to: 2, at: fixture.now)

        #expect(!fixture.live.map(\.id).contains(ids[survivorless]))
    }

    @Test func `protected instances stay and the desired capacity falls anyway`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 2, isProtected: true)
        fixture.wait(.seconds(100))
        try fixture.capacity.setDesired(Fixture.group, to: 1, at: fixture.now)
        fixture.drain()

        #expect(fixture.desired == 1)
        #expect(fixture.live.count == 2)
        #expect(fixture.sentences.last?.contains("all remaining instances are protected from scale-in") == true)

        try fixture.capacity.setInstanceProtection(
            group: Fixture.group, instances: [fixture.live[1].id], isProtected: false, at: fixture.now)
        #expect(fixture.live.count == 1)
    }

    @Test func `a terminated instance is replaced unless the group shrinks with it`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 2)
        fixture.wait(.seconds(100))
        let ids = fixture.live.map(\.id)

        _ = try fixture.capacity.terminateInstance(ids[0], decrementing: false, at: fixture.now)
        #expect(fixture.live.count == 2)
        _ = try fixture.capacity.terminateInstance(ids[1], decrementing: true, at: fixture.now)
        #expect(fixture.live.count == 1)
        #expect(fixture.desired == 1)
    }

    @Test func `an update moves the desired capacity into the new bounds`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 2)
        _ = try fixture.capacity.updateGroup(.init(name: Fixture.group, minSize: 3), at: fixture.now)
        #expect(fixture.desired == 3)
        _ = try fixture.capacity.updateGroup(.init(name: Fixture.group, minSize: 0, maxSize: 1), at: fixture.now)
        #expect(fixture.desired == 1)
        #expect(fixture.live.count == 1)
    }

    @Test func `a group deleted by force vanishes with its last instance`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 2)
        fixture.wait(.seconds(100))
        try fixture.capacity.deleteGroup(Fixture.group, force: true, at: fixture.now)
        #expect(fixture.capacity.groups[Fixture.group] != nil)

        fixture.wait(.seconds(30))

        #expect(fixture.capacity.groups[Fixture.group] == nil)
        #expect(fixture.events.contains(.groupRemoved(Fixture.group)))
    }

    @Test func `a terminated instance is shown for an hour of the world's time`() throws {
        var fixture = try Fixture(pace: Pace(factor: 60))
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(10))
        _ = try fixture.capacity.terminateInstance(fixture.live[0].id, decrementing: true, at: fixture.now)
        fixture.wait(.milliseconds(500) + .seconds(3_599))
        #expect(fixture.capacity.instances.count == 1)

        fixture.wait(.seconds(1))

        #expect(fixture.capacity.instances.isEmpty)
    }

    @Test func `a zone without capacity is avoided and a region without is tried again`() throws {
        var fixture = try Fixture()
        fixture.capacity.setCapacity(inZone: "us-east-1a", isAvailable: false)
        try fixture.createGroup(desired: 2)
        #expect(fixture.live.map(\.zone) == ["us-east-1b", "us-east-1c"])

        fixture.capacity.setCapacity(inZone: "us-east-1b", isAvailable: false)
        fixture.capacity.setCapacity(inZone: "us-east-1c", isAvailable: false)
        try fixture.capacity.setDesired(Fixture.group, to: 3, at: fixture.now)
        fixture.wait(.seconds(20))
        #expect(fixture.live.count == 2)
        let failures = fixture.capacity.activities(of: Fixture.group).filter { $0.status == .failed }
        #expect(failures.count == 2)
        #expect(failures[0].description.hasPrefix("Launching a new EC2 instance.  Status Reason: We currently"))

        for zone in ["us-east-1a", "us-east-1b", "us-east-1c"] {
            fixture.capacity.setCapacity(inZone: zone, isAvailable: true)
        }
        fixture.wait(.seconds(59))
        #expect(fixture.live.count == 2)
        fixture.wait(.seconds(1))
        #expect(fixture.live.count == 3)
    }

    @Test func `a mixed group keeps its on-demand share`() throws {
        var fixture = try Fixture()
        let mixed = MixedInstances(
            template: .init(.name("template")), overrides: ["c5.2xlarge", "c5.xlarge"], onDemandBase: 2,
            onDemandPercentageAboveBase: 50)
        try fixture.createGroup(desired: 9, launch: .mixed(mixed))

        #expect(fixture.live.count { !$0.isSpot } == 6)
        #expect(fixture.live.filter { !$0.isSpot }.allSatisfy { $0.type == "c5.2xlarge" })
        #expect(fixture.live.filter(\.isSpot).allSatisfy { $0.type == "c5.xlarge" })

        try fixture.capacity.setDesired(Fixture.group, to: 5, at: fixture.now)
        #expect(fixture.live.count { !$0.isSpot } == 4)
    }

    @Test func `a launch uses the version the group asks for`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1, launch: .template(.init(.name("template"), version: "$Latest")))
        _ = try fixture.capacity.addLaunchTemplateVersion(
            .name("template"), data: .init(instanceType: "c5.large"), at: fixture.now)
        try fixture.capacity.setDesired(Fixture.group, to: 2, at: fixture.now)

        #expect(fixture.live.map(\.type) == ["c5.xlarge", "c5.large"])
    }
}
