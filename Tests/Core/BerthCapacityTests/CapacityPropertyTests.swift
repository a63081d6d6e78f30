import BerthCapacity
import BerthKernel
import BerthTestSupport
import Foundation
import OrderedCollections
import Testing

/// Random histories: what holds after every step, whatever happened.
@Suite struct CapacityPropertyTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `small steps and one large step end in the same state`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "test")
        var fixture = try Fixture.managed(desired: 3, pace: Pace(factor: 7))
        for _ in 0..<20 { try Self.step(&fixture, &random) }
        var stepwise = fixture.capacity
        var atOnce = fixture.capacity
        let end = fixture.now + .seconds(2_000)
        var instant = fixture.now
        while instant < end {
            instant = min(end, instant + .microseconds(Int64(random.nextIndex(below: 90_000_000))))
            stepwise.advance(to: instant)
        }
        atOnce.advance(to: end)

        #expect(stepwise == atOnce)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `groups stay within their bounds and every instance is accounted for`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "test")
        var fixture = try Fixture.managed(
            max: 8, desired: 2, isProtecting: seed.isMultiple(of: 2), drains: seed.isMultiple(of: 3))
        var lastCost = 0.0
        for _ in 0..<120 {
            try Self.step(&fixture, &random)
            let group = try #require(fixture.capacity.groups[Fixture.group])
            #expect((0...8).contains(group.desiredCapacity))
            #expect(fixture.live.count >= group.desiredCapacity)
            let present = fixture.capacity.instances.values.filter { $0.lifecycle != .terminated }
            #expect(present.map(\.id) == Array(group.members))
            let bill = fixture.capacity.bill(at: fixture.now)
            #expect(bill.cost >= lastCost)
            #expect(bill.idleSeconds <= bill.instanceSecondsPaid)
            lastCost = bill.cost
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `equal histories give equal worlds`(seed: UInt64) throws {
        var fixtures: [Fixture] = []
        for _ in 0..<2 {
            var random = RandomStream(seed: seed, purpose: "test")
            var fixture = try Fixture.managed(desired: 2)
            for _ in 0..<60 { try Self.step(&fixture, &random) }
            fixtures.append(fixture)
        }
        #expect(fixtures[0].capacity == fixtures[1].capacity)
        #expect(fixtures[0].events == fixtures[1].events)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a snapshot read back is the same world`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "test")
        var fixture = try Fixture.managed(desired: 2)
        for _ in 0..<40 { try Self.step(&fixture, &random) }
        let snapshot = try JSONEncoder().encode(fixture.capacity)

        #expect(try JSONDecoder().decode(Capacity.self, from: snapshot) == fixture.capacity)
    }

    private static func step(_ fixture: inout Fixture, _ random: inout RandomStream) throws {
        let number = random.nextIndex(below: 12)
        switch random.nextIndex(below: 7) {
        case 0: fixture.alarm(isHigh: true)
        case 1: fixture.alarm(isHigh: false)
        case 2: fixture.occupy(number)
        case 3: try? fixture.capacity.setDesired(Fixture.group, to: number, at: fixture.now)
        case 4:
            guard let instance = fixture.live.randomElement(using: &random) else { return }
            let before = fixture.capacity
            do {
                _ = try fixture.capacity.terminateInstance(
                    instance.id, decrementing: number.isMultiple(of: 2), at: fixture.now)
            } catch {
                #expect(fixture.capacity == before)
            }
        case 5:
            for instance in fixture.capacity.instances.values where instance.lifecycle == .draining {
                fixture.capacity.instanceDrained(instance.id, at: fixture.now)
            }
        default: fixture.wait(.seconds(10 * number), demand: number > 6 ? [.tasks(number)] : [])
        }
        fixture.drain()
    }
}
