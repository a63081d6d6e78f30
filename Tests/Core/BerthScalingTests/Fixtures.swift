import BerthKernel
import BerthTestSupport

@testable import BerthScaling

extension TargetKey {
    static let worker = TargetKey(resourceID: "service/c/worker")
}

extension Scaling {
    /// A registered service with as many tasks running as desired.
    static func fixture(
        running: Int = 0, minimum: Int = 0, maximum: Int = 4, pace: Pace = .truth
    ) -> Scaling {
        var scaling = Scaling(tenancy: .test, pace: pace, seed: 1)
        scaling.observe(
            resourceID: "service/c/worker", ServiceFacts(running: running, desired: running), at: .monday)
        do {
            try scaling.registerTarget(
                TargetRegistration(key: .worker, minimum: minimum, maximum: maximum), at: .monday)
        } catch {
            preconditionFailure("the fixture is refused: \(error)")
        }
        _ = scaling.drain()
        return scaling
    }

    mutating func put(_ name: String, _ step: StepScaling) throws -> String {
        try putPolicy(PolicySpecification(name: name, key: .worker, configuration: .step(step)), at: .monday).arn
    }

    mutating func track(_ name: String, _ tracking: TargetTracking) throws -> PutPolicyReply {
        try putPolicy(
            PolicySpecification(name: name, key: .worker, configuration: .targetTracking(tracking)), at: .monday)
    }

    /// An alarm calls and is answered; what became the desired count, if it changed.
    @discardableResult
    mutating func call(
        _ policy: String, value: Double, threshold: Double = 1, alarm: String = "deep",
        comparison: AlarmDefinition.Comparison = .greaterThanOrEqualToThreshold, at now: Instant
    ) -> Int? {
        invoke(
            policyARN: policy,
            AlarmTrigger(
                alarmName: alarm, state: "ALARM", threshold: threshold, comparison: comparison,
                recentDatapoints: [value]), at: now)
        return settle(at: now)
    }

    mutating func settle(at now: Instant) -> Int? {
        advance(to: now)
        return outbox.compactMap { event -> Int? in
            if case .setDesiredCount(_, let count, _, _) = event { count } else { nil }
        }.last.map { count in
            outbox = []
            return count
        }
    }

    mutating func run(_ running: Int, desired: Int? = nil, deploying: Bool = false, at now: Instant) {
        observe(
            resourceID: "service/c/worker",
            ServiceFacts(running: running, desired: desired ?? running, deploymentInProgress: deploying), at: now)
    }

    var sentences: [String] {
        outbox.compactMap { if case .decided(let decision) = $0 { decision.sentence } else { nil } }
    }
}

extension StepScaling {
    /// The ladder of the example: 1–10 → 1, 11–20 → 2, 21–30 → 3, 31+ → 4.
    static func ladder(_ type: AdjustmentType = .exactCapacity, _ adjustments: [Int] = [1, 2, 3, 4]) -> StepScaling {
        StepScaling(
            adjustmentType: type,
            steps: adjustments.enumerated().map { index, adjustment in
                Step(
                    lower: Double(index * 10), upper: index == adjustments.count - 1 ? nil : Double(index * 10 + 10),
                    adjustment: adjustment)
            }, cooldown: 60, aggregation: .maximum)
    }

    static let toZero = StepScaling(
        adjustmentType: .exactCapacity, steps: [Step(upper: 0, adjustment: 0)], cooldown: 60)

    static func change(_ adjustment: Int, cooldown: Int = 60) -> StepScaling {
        let step = adjustment < 0 ? Step(upper: 0, adjustment: adjustment) : Step(lower: 0, adjustment: adjustment)
        return StepScaling(adjustmentType: .changeInCapacity, steps: [step], cooldown: cooldown)
    }
}

extension Instant {
    static func after(_ seconds: Int64) -> Instant {
        .monday + .seconds(seconds)
    }
}
