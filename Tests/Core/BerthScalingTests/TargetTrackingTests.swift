import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthScaling

@Suite struct TargetTrackingTests {
    private static let cpu = TargetTracking(
        target: 70, metric: .predefined("ECSServiceAverageCPUUtilization", resourceLabel: nil))

    private func alarms(_ scaling: inout Scaling) -> [AlarmDefinition] {
        scaling.drain().compactMap { if case .alarmWanted(let alarm) = $0 { alarm } else { nil } }
    }

    @Test func `it asks for a high and a low alarm as AWS makes them`() throws {
        var scaling = Scaling.fixture()
        let reply = try scaling.track("cpu", Self.cpu)
        let wanted = alarms(&scaling)
        let (high, low) = (wanted[0], wanted[1])
        #expect(wanted.map(\.name) == reply.alarms.map(\.name))
        #expect(high.name.hasPrefix("TargetTracking-service/c/worker-AlarmHigh-"))
        #expect(low.name.hasPrefix("TargetTracking-service/c/worker-AlarmLow-"))
        #expect(high.evaluationPeriods == 3 && low.evaluationPeriods == 15)
        #expect(high.threshold == 70 && low.threshold == 63)
        #expect(high.comparison == .greaterThanThreshold && low.comparison == .lessThanThreshold)
        #expect(high.alarmActions == low.alarmActions)
        #expect(high.alarmActions[0].hasPrefix(reply.arn + ":createdBy/"))
        #expect(high.summary == "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy \(high.alarmActions[0]).")
    }

    @Test func `without scale-in there is no low alarm, and an update makes new ones`() throws {
        var scaling = Scaling.fixture()
        let first = try scaling.track("cpu", Self.cpu)
        _ = scaling.drain()
        var tracking = Self.cpu
        tracking.disablesScaleIn = true
        let second = try scaling.track("cpu", tracking)
        #expect(second.arn == first.arn)
        #expect(second.alarms.count == 1)
        #expect(Set(second.alarms.map(\.name)).isDisjoint(with: first.alarms.map(\.name)))
        #expect(
            scaling.drain().prefix(2) == [.alarmUnwanted(first.alarms[0].name), .alarmUnwanted(first.alarms[1].name)])
    }

    @Test(arguments: [
        (2, 40.0, 50.0, 2), (2, 100, 50, 4), (3, 51, 50, 4), (4, 10, 50, 1), (0, 5, 1, 1), (0, 0, 1, 0), (3, 0, 50, 0),
    ])
    func `the wanted count is proportional and rounded up`(running: Int, value: Double, target: Double, count: Int) {
        #expect(TargetTracking(target: target, metric: .expression([])).wanted(running: running, value: value) == count)
    }

    @Test func `it scales in only when all its policies are ready`() throws {
        var scaling = Scaling.fixture(running: 4)
        let cpu = try scaling.track("cpu", Self.cpu)
        let memory = try scaling.track(
            "memory",
            TargetTracking(target: 70, metric: .predefined("ECSServiceAverageMemoryUtilization", resourceLabel: nil)))
        func low(_ policy: String, _ value: Double, _ alarm: String, _ now: Instant) -> Int? {
            scaling.call(policy, value: value, threshold: 63, alarm: alarm, comparison: .lessThanThreshold, at: now)
        }
        #expect(low(cpu.arn, 10, "cpu-low", .after(60)) == nil)
        #expect(scaling.sentences.last?.contains("policy memory is not ready to") == true)
        #expect(low(memory.arn, 40, "memory-low", .after(119)) == 3)
    }
}
