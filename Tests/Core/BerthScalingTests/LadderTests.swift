import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthScaling

@Suite struct LadderTests {
    @Test func `an exact ladder is stable while its alarm repeats`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        #expect(scaling.call(up, value: 25, at: .after(60)) == 3)
        scaling.run(0, desired: 3, at: .after(61))
        #expect(scaling.call(up, value: 25, at: .after(120)) == nil)
        scaling.run(3, at: .after(130))
        #expect(scaling.call(up, value: 25, at: .after(180)) == nil)
        #expect(scaling.call(up, value: 35, at: .after(240)) == 4)
    }

    @Test func `five waiting messages under ChangeInCapacity grow to the maximum`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder(.changeInCapacity, [1, 1, 1, 1]))
        var counts: [Int] = []
        for minute: Int64 in 1...12 {
            if let count = scaling.call(up, value: 5, at: .after(minute * 60)) {
                counts.append(count)
                scaling.run(count, at: .after(minute * 60 + 30))
            }
        }
        #expect(counts == [1, 2, 3, 4])
        #expect(
            scaling.activities(of: .worker, includingNotScaled: true).first?.notScaledReasons.first?.code
                == "AlreadyAtMaxCapacity")
    }

    @Test func `down to zero once the cooldown is over`() throws {
        var scaling = Scaling.fixture()
        let (up, down) = (try scaling.put("up", .ladder()), try scaling.put("down", .toZero))
        scaling.call(up, value: 5, at: .after(60))
        scaling.run(1, at: .after(70))
        func low(_ scaling: inout Scaling, _ now: Instant) -> Int? {
            scaling.call(
                down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold, at: now)
        }
        #expect(low(&scaling, .after(129)) == nil)
        #expect(scaling.sentences.last?.contains("the cooldown of 60 s lasts until 2026-01-05T00:02:10.000Z.") == true)
        #expect(low(&scaling, .after(130)) == 0)
    }

    @Test func `of two alarms at one moment the larger result wins`() throws {
        var scaling = Scaling.fixture(running: 1)
        let (up, down) = (try scaling.put("up", .change(1)), try scaling.put("down", .change(-1)))
        for (policy, alarm, comparison) in [
            (down, "a", AlarmDefinition.Comparison.lessThanOrEqualToThreshold),
            (up, "b", .greaterThanOrEqualToThreshold),
        ] {
            scaling.invoke(
                policyARN: policy,
                AlarmTrigger(
                    alarmName: alarm, state: "ALARM", threshold: 0, comparison: comparison, recentDatapoints: [0]),
                at: .after(60))
        }
        #expect(scaling.nextDeadline == .after(60))
        #expect(scaling.settle(at: .after(60)) == 2)
    }

    @Test(arguments: [(Int64(59), nil), (60, 0)] as [(Int64, Int?)])
    func `a scale-in yields to a larger result of the same minute`(later: Int64, expected: Int?) throws {
        var scaling = Scaling.fixture(running: 3)
        let (up, down) = (try scaling.put("up", .ladder()), try scaling.put("down", .toZero))
        scaling.call(up, value: 25, at: .after(60))
        let count = scaling.call(
            down, value: 0, threshold: 0, alarm: "empty", comparison: .lessThanOrEqualToThreshold,
            at: .after(60 + later))
        #expect(count == expected)
    }

    @Test func `a value without a step fails the action`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        #expect(scaling.call(up, value: 0.5, at: .after(60)) == nil)
        #expect(
            scaling.outbox.contains(
                .actionFailed(
                    alarm: "deep", policyARN: up,
                    error: "No step adjustment found for metric value [0.5] and breach threshold 1.0")))
    }

    @Test func `being at the wanted count already is an activity once, and no decision`() throws {
        var scaling = Scaling.fixture(running: 3)
        let up = try scaling.put("up", .ladder())
        for minute: Int64 in 1...10 { scaling.call(up, value: 25, at: .after(minute * 60)) }
        #expect(scaling.sentences.isEmpty)
        #expect(scaling.activities(of: .worker, includingNotScaled: true).count == 1)
    }

    @Test func `the sentence carries the numbers`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        scaling.invoke(
            policyARN: up,
            AlarmTrigger(
                alarmName: "deep", state: "ALARM", threshold: 1, comparison: .greaterThanOrEqualToThreshold,
                recentDatapoints: [25]), at: .after(60))
        scaling.advance(to: .after(60))
        #expect(
            scaling.sentences == [
                "Set the desired count of service/c/worker from 0 to 3 with 0 running: alarm deep is in ALARM with 25 "
                    + "against its threshold 1, which policy up answers with exactly 3."
            ])
    }
}
