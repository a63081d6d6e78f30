import BerthCapacity
import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@Suite struct ManagedScalingTests {
    @Test(arguments: [(100, 2), (80, 3), (50, 4)])
    func `from zero one task starts two instances, more below target 100`(target: Int, instances: Int) throws {
        var fixture = try Fixture.managed(scaling: .init(targetCapacity: target))
        fixture.wait(.seconds(60), demand: [.tasks(1)])
        fixture.alarm(isHigh: true)

        #expect(fixture.desired == instances)
        #expect(fixture.live.count == instances)
    }

    @Test func `the cause of a launch names alarm and policy`() throws {
        var fixture = try Fixture.managed()
        fixture.wait(.seconds(60), demand: [.tasks(1)])
        fixture.alarm(isHigh: true)
        let policy = try #require(fixture.capacity.providers[Fixture.provider]?.policy)

        let cause = try #require(fixture.capacity.activities(of: Fixture.group).first?.cause)
        #expect(
            cause.hasPrefix(
                "At 2026-01-05T00:01:00Z a monitor alarm \(policy.highAlarm) in state ALARM triggered policy "
                    + "\(policy.name) changing the desired capacity from 0 to 2.  At"))
        #expect(
            fixture.sentences.contains(
                "Capacity provider provider scales group workers from 0 to 2 instances: the reservation is 200 % "
                    + "against a target of 100 %, because 1 task waits and no instance exists, for which AWS always "
                    + "reports 200 %."))
    }

    @Test(arguments: [(314, 2), (315, 4)])
    func `nothing grows while new instances warm up`(second: Int, desired: Int) throws {
        var fixture = try Fixture.managed()
        fixture.wait(.seconds(60), demand: [.tasks(1)])
        fixture.alarm(isHigh: true)
        fixture.wait(.seconds(120))
        fixture.occupy(2)
        fixture.wait(.seconds(second - 120), demand: [.tasks(8)])
        fixture.alarm(isHigh: true)

        #expect(fixture.desired == desired)
    }

    @Test func `instances a user launched do not hold the policy back`() throws {
        var fixture = try Fixture.managed(desired: 1)
        fixture.wait(.seconds(60), demand: [.tasks(4)])
        fixture.alarm(isHigh: true)

        #expect(fixture.desired == 2)
    }

    @Test func `growth ends at the maximum and says so once`() throws {
        var fixture = try Fixture.managed(max: 1, desired: 1)
        fixture.wait(.seconds(60), demand: [.tasks(40)])
        fixture.alarm(isHigh: true)
        fixture.alarm(isHigh: true)

        #expect(fixture.desired == 1)
        #expect(fixture.sentences.count { $0.contains("at its maximum of 1 instance") } == 1)
    }

    /// Instances, busy of them, and the sizes minute by minute.
    @Test(arguments: [(10, 1, [5, 3, 2, 1]), (10, 0, [5, 3, 2, 1, 0]), (4, 3, [3, 3]), (10, 8, [8, 8])])
    func `a group shrinks by at most half a minute`(instances: Int, busy: Int, sizes: [Int]) throws {
        var fixture = try Fixture.managed(desired: instances, isProtecting: true, drains: false)
        fixture.wait(.seconds(90))
        fixture.occupy(busy)
        fixture.wait(.seconds(60))
        for size in sizes {
            fixture.alarm(isHigh: false)
            #expect(fixture.desired == size)
            #expect(fixture.live.count == size)
            fixture.wait(.seconds(60))
        }
    }

    @Test func `a group shrinks to its minimum`() throws {
        var fixture = try Fixture.managed(min: 2, desired: 3)
        fixture.wait(.seconds(120))
        fixture.alarm(isHigh: false)
        #expect(fixture.desired == 2)
        fixture.wait(.seconds(60))
        fixture.alarm(isHigh: false)

        #expect(fixture.desired == 2)
        #expect(fixture.sentences.last?.contains("at its minimum of 2 instances") == true)
    }

    @Test(arguments: [(899, 2), (900, 1)])
    func `shrinking waits 15 min after growing`(second: Int, desired: Int) throws {
        var fixture = try Fixture.managed()
        fixture.wait(.seconds(60), demand: [.tasks(1)])
        fixture.alarm(isHigh: true)
        fixture.wait(.seconds(90))
        fixture.occupy(1)
        fixture.wait(.seconds(second - 90))
        fixture.alarm(isHigh: false)

        #expect(fixture.desired == desired)
    }

    @Test func `busy instances are protected and the empty one goes`() throws {
        var fixture = try Fixture.managed(desired: 3, isProtecting: true, drains: false)
        fixture.wait(.seconds(90))
        #expect(fixture.live.map(\.isProtected) == [true, true, true])
        fixture.occupy(2)
        let busy = fixture.live.prefix(2).map(\.id)
        fixture.wait(.seconds(60))
        #expect(fixture.live.map(\.isProtected) == [true, true, false])
        fixture.alarm(isHigh: false)

        #expect(fixture.live.map(\.id) == busy)
    }

    @Test func `an instance freed for termination is protected again by work`() throws {
        var fixture = try Fixture.managed(desired: 2, isProtecting: true)
        fixture.wait(.seconds(90))
        fixture.occupy(1)
        fixture.wait(.seconds(60))
        #expect(fixture.live.map(\.isProtected) == [true, false])
        fixture.occupy(2)

        #expect(fixture.live.map(\.isProtected) == [true, true])
    }

    @Test func `a drained instance goes when ECS has emptied it`() throws {
        var fixture = try Fixture.managed(desired: 1)
        fixture.wait(.seconds(90))
        fixture.occupy(1)
        let id = fixture.live[0].id
        try fixture.capacity.setDesired(Fixture.group, to: 0, at: fixture.now)
        fixture.drain()
        #expect(fixture.events.contains(.instanceDraining(id)))
        #expect(fixture.capacity.instances[id]?.lifecycle == .draining)

        fixture.wait(.seconds(3_600))
        fixture.capacity.instanceDrained(id, at: fixture.now)
        fixture.drain()

        #expect(fixture.events.contains(.instanceTerminated(id)))
        #expect(fixture.capacity.instances[id]?.state == .shuttingDown)
    }

    @Test(arguments: [(48 * 3_600 - 1, Instance.Lifecycle.draining), (48 * 3_600, .terminating)])
    func `draining ends after 48 h`(second: Int, lifecycle: Instance.Lifecycle) throws {
        var fixture = try Fixture.managed(desired: 1)
        fixture.wait(.seconds(90))
        let id = fixture.live[0].id
        try fixture.capacity.setDesired(Fixture.group, to: 0, at: fixture.now)
        fixture.wait(.seconds(second))

        #expect(fixture.capacity.instances[id]?.lifecycle == lifecycle)
    }

    @Test func `new scaling settings replace the alarms`() throws {
        var fixture = try Fixture.managed()
        let old = try #require(fixture.capacity.providers[Fixture.provider]?.policy)
        _ = try fixture.capacity.updateProvider(
            .init(name: Fixture.provider, managedScaling: .init(targetCapacity: 50)), at: fixture.now)
        fixture.drain()
        let new = try #require(fixture.capacity.providers[Fixture.provider]?.policy)

        #expect(new.highAlarm != old.highAlarm)
        #expect(fixture.events.contains(.alarmUnwanted(old.lowAlarm)))
        fixture.wait(.seconds(120))
        #expect(fixture.samples == [50, 50])
    }
}
