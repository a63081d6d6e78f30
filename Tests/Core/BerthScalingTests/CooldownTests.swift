import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthScaling

/// The rules of reference C.5, in their order.
@Suite struct CooldownTests {
    @Test func `the cooldown starts when the service has reached the count`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .change(1))
        scaling.call(up, value: 5, at: .after(60))
        scaling.run(0, desired: 1, at: .after(61))
        #expect(scaling.call(up, value: 5, at: .after(180)) == nil)
        scaling.run(1, at: .after(200))
        #expect(scaling.call(up, value: 5, at: .after(259)) == nil)
        #expect(scaling.call(up, value: 5, at: .after(260)) == 2)
    }

    @Test func `within a scale-out's cooldown only what exceeds it is added`() throws {
        var scaling = Scaling.fixture(running: 1, maximum: 20)
        let (two, three) = (try scaling.put("two", .change(2)), try scaling.put("three", .change(3)))
        #expect(scaling.call(two, value: 5, at: .after(60)) == 3)
        scaling.run(3, at: .after(70))
        #expect(scaling.call(two, value: 5, at: .after(80)) == nil)
        #expect(scaling.call(three, value: 5, at: .after(90)) == 4)
    }

    @Test func `scale-out cancels a scale-in's cooldown`() throws {
        var scaling = Scaling.fixture(running: 4)
        let (up, down) = (try scaling.put("up", .change(2)), try scaling.put("down", .change(-3)))
        let count = scaling.call(
            down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold, at: .after(60))
        #expect(count == 1)
        scaling.run(1, at: .after(70))
        #expect(scaling.call(up, value: 5, at: .after(125)) == 3)
    }

    @Test func `nothing scales in during a deployment`() throws {
        var scaling = Scaling.fixture(running: 4)
        let (up, down) = (try scaling.put("up", .change(2)), try scaling.put("down", .change(-1)))
        scaling.run(3, deploying: true, at: .after(10))
        let count = scaling.call(
            down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold, at: .after(60))
        #expect(count == nil)
        let activity = scaling.activities(of: .worker, includingNotScaled: true).first
        #expect(activity?.notScaledReasons.first?.code == "TargetServicePutResourceAsUnscalable")
        #expect(scaling.call(up, value: 5, at: .after(120)) == 4)
    }

    @Test func `a change that is never reached stops limiting others`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        let down = try scaling.put("down", .toZero)
        scaling.call(up, value: 35, at: .after(60))
        scaling.run(0, desired: 4, at: .after(61))
        #expect(scaling.nextDeadline == .after(660))
        scaling.advance(to: .after(660))
        #expect(scaling.activities(of: .worker).first?.status == .unfulfilled)
        let count = scaling.call(
            down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold, at: .after(720))
        #expect(count == 0)
    }

    @Test func `cooldowns are paced`() throws {
        var scaling = Scaling.fixture(pace: Pace(factor: 60))
        let up = try scaling.put("up", .change(1))
        scaling.call(up, value: 5, at: .after(60))
        scaling.run(1, at: .after(60))
        #expect(scaling.call(up, value: 5, at: .after(61)) == 2)
    }

    @Test func `suspension stops one direction`() throws {
        var scaling = Scaling.fixture(running: 2)
        let (up, down) = (try scaling.put("up", .change(1)), try scaling.put("down", .change(-1)))
        try scaling.registerTarget(
            TargetRegistration(key: .worker, suspended: SuspendedState(dynamicScalingOut: true)), at: .after(1))
        #expect(scaling.call(up, value: 5, at: .after(60)) == nil)
        let count = scaling.call(
            down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold, at: .after(180))
        #expect(count == 1)
    }
}
