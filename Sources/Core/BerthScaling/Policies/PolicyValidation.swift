import BerthKernel

/// The rules PutScalingPolicy checks before it changes anything (reference C.4, C.7).
enum PolicyValidation {
    static func check(_ specification: PolicySpecification) throws(Refusal) {
        guard (1...256).contains(specification.name.count) else { throw .invalidPolicyName(specification.name) }
        switch specification.configuration {
        case .step(let step): try check(step)
        case .targetTracking(let tracking): try check(tracking, key: specification.key)
        }
    }

    private static func check(_ policy: StepScaling) throws(Refusal) {
        guard let type = policy.adjustmentType else { throw .invalid("Adjustment type must be specified") }
        guard !policy.steps.isEmpty else { throw .invalid("There must be at least one step adjustment") }
        guard policy.steps.count <= ScalingLimits.stepsPerPolicy else {
            throw .invalid("There can be at most \(ScalingLimits.stepsPerPolicy) step adjustments per scaling policy")
        }
        if policy.minimumMagnitude != nil, type != .percentChangeInCapacity {
            throw .invalid(
                "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity")
        }
        if type == .exactCapacity, policy.steps.contains(where: { $0.adjustment < 0 }) {
            throw .invalid("Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity")
        }
        if let cooldown = policy.cooldown, cooldown < 0 { throw .negativeCooldown(cooldown) }
        try check(intervals: policy.steps)
    }

    private static func check(intervals steps: [StepScaling.Step]) throws(Refusal) {
        for side in [("lower", \StepScaling.Step.lower), ("upper", \StepScaling.Step.upper)]
        where steps.count(where: { $0[keyPath: side.1] == nil }) > 1 {
            throw .invalid("At most one step adjustment may have an unspecified \(side.0) bound")
        }
        if steps.contains(where: { $0.lower == nil && $0.upper == nil }) {
            throw .invalid("Both lower and upper bounds of a step adjustment cannot be left unspecified")
        }
        let sorted = steps.sorted { ($0.lower ?? -.infinity) < ($1.lower ?? -.infinity) }
        for step in sorted where (step.lower ?? -.infinity) >= (step.upper ?? .infinity) {
            throw .invalid("Step adjustment intervals cannot overlap")
        }
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            let (end, start) = (left.upper ?? .infinity, right.lower ?? -.infinity)
            if end > start { throw .invalid("Step adjustment intervals cannot overlap") }
            if end < start { throw .invalid("Step adjustment intervals cannot have gaps between them") }
        }
        if let last = sorted.last?.upper, last > 0 {
            throw .invalid(
                "There must be a step adjustment with an unspecified upper bound when one step adjustment has a "
                    + "positive upper bound")
        }
        if let first = sorted.first?.lower, first < 0 {
            throw .invalid(
                "There must be a step adjustment with an unspecified lower bound when one step adjustment has a "
                    + "negative lower bound")
        }
    }

    private static func check(_ policy: TargetTracking, key: TargetKey) throws(Refusal) {
        let range = ScalingLimits.targetValues
        guard range.contains(policy.target) else {
            throw .invalid("Target value must be between \(range.lowerBound) and \(range.upperBound)")
        }
        for cooldown in [policy.scaleOutCooldown, policy.scaleInCooldown] {
            if let cooldown, cooldown < 0 { throw .negativeCooldown(cooldown) }
        }
        guard let queries = policy.queries(for: key) else {
            throw .invalid("The predefined metric specification is not valid.")
        }
        guard !queries.isEmpty, queries.count == 1 || queries.count(where: \.returnsData) == 1 else {
            throw .invalid("The customized metric specification is not valid.")
        }
    }
}
