import BerthKernel
import BerthTestSupport
import DequeModule
import Foundation
import OrderedCollections
import Testing

@testable import BerthScaling

@Suite struct ScalingPropertyTests {
    /// Whatever alarms, services and users do: the count asked for lies within the bounds, at most one
    /// activity is under way, and how finely time passes makes no difference.
    @Test(arguments: UInt64(1)...20)
    func `bounds hold and time may pass in any steps`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "test")
        var coarse = Scaling.fixture(running: 2, minimum: 1, maximum: 9)
        let policies = [
            try coarse.put("exact", .ladder(.exactCapacity, [1, 4, 7, 12])), try coarse.put("up", .change(3)),
            try coarse.put("down", .change(-2)),
            try coarse.track(
                "t",
                TargetTracking(target: 10, metric: .predefined("ECSServiceAverageCPUUtilization", resourceLabel: nil))
            ).arn,
        ]
        try coarse.putScheduledAction(
            ScheduledActionSpecification(name: "a", key: .worker, schedule: "rate(7 minutes)", minimum: 2, maximum: 6),
            at: .monday)
        var fine = coarse
        var now = Instant.monday
        for _ in 0..<120 {
            let later = now + .seconds(Int64(random.nextIndex(below: 70)))
            while now < later {
                now = min(later, now + .microseconds(Int64(1 + random.nextIndex(below: 20_000_000))))
                fine.advance(to: now)
            }
            fine.advance(to: later)
            coarse.advance(to: later)
            disturb(&coarse, &fine, policies, &random, at: now)
            let isEqual = fine == coarse
            try #require(isEqual)
            let target = try #require(coarse.targets[.worker])
            #expect(target.activities.count { $0.status == .inProgress } == (target.underway == nil ? 0 : 1))
            for case .setDesiredCount(_, let count, _, _) in coarse.drain() { #expect((1...9).contains(count)) }
            _ = fine.drain()
        }
    }

    @Test func `a snapshot gives back equal scaling`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        _ = try scaling.track(
            "t",
            TargetTracking(
                target: 10, metric: .predefined("ALBRequestCountPerTarget", resourceLabel: "app/x/y/targetgroup/a/b")))
        try scaling.putScheduledAction(
            ScheduledActionSpecification(name: "a", key: .worker, schedule: "rate(7 minutes)", minimum: 2),
            at: .monday)
        scaling.call(up, value: 25, at: .after(60))
        scaling.call(up, value: 25, at: .after(120))
        let decoded = try JSONDecoder().decode(Scaling.self, from: JSONEncoder().encode(scaling))
        #expect(decoded == scaling)
    }

    private func disturb(
        _ coarse: inout Scaling, _ fine: inout Scaling, _ policies: [String], _ random: inout RandomStream,
        at now: Instant
    ) {
        let choice = random.nextIndex(below: 3)
        if choice == 0, let facts = coarse.services["service/c/worker"] {
            let desired = random.nextIndex(below: 10) == 0 ? random.nextIndex(below: 9) + 1 : facts.desired
            let running = random.nextIndex(below: 2) == 0 ? desired : random.nextIndex(below: 10)
            let isDeploying = random.nextIndex(below: 5) == 0
            coarse.run(running, desired: desired, deploying: isDeploying, at: now)
            fine.run(running, desired: desired, deploying: isDeploying, at: now)
        } else {
            let policy = policies[random.nextIndex(below: policies.count)]
            let trigger = AlarmTrigger(
                alarmName: "a\(choice)", state: "ALARM", threshold: 5,
                comparison: choice == 1 ? .greaterThanThreshold : .lessThanThreshold,
                recentDatapoints: [Double(random.nextIndex(below: 40))])
            coarse.invoke(policyARN: policy, trigger, at: now)
            fine.invoke(policyARN: policy, trigger, at: now)
        }
    }
}
