package import BerthKernel

/// What PutScalingPolicy asks for.
package struct PolicySpecification: Hashable, Codable, Sendable {
    package enum Configuration: Hashable, Codable, Sendable {
        case step(StepScaling)
        case targetTracking(TargetTracking)
    }

    package var name: String
    package var key: TargetKey
    package var configuration: Configuration

    package init(name: String, key: TargetKey, configuration: Configuration) {
        self.name = name
        self.key = key
        self.configuration = configuration
    }
}

/// What PutScalingPolicy answers.
package struct PutPolicyReply: Hashable, Sendable {
    package let arn: String
    /// The alarms target tracking keeps; none for a step policy.
    package let alarms: [ScalingPolicy.Alarm]
}

/// A scaling policy of one target.
package struct ScalingPolicy: Hashable, Codable, Sendable {
    package struct Alarm: Hashable, Codable, Sendable {
        package let name: String
        package let arn: String
    }

    package let name: String
    package let key: TargetKey
    package let arn: String
    package let createdAt: Instant
    package internal(set) var configuration: PolicySpecification.Configuration
    /// The alarms target tracking keeps.
    ///
    /// Those of a step policy are its user's, known by their actions.
    package internal(set) var alarms: [Alarm]

    var tracking: TargetTracking? {
        if case .targetTracking(let tracking) = configuration { tracking } else { nil }
    }

    func cooldown(_ direction: Direction) -> Int {
        let given =
            switch configuration {
            case .step(let step): step.cooldown
            case .targetTracking(let tracking):
                direction == .outward ? tracking.scaleOutCooldown : tracking.scaleInCooldown
            }
        return given ?? ScalingLimits.defaultCooldown
    }
}

extension Sequence<ScalingPolicy> {
    /// The policy behind an alarm's action, which may carry `:createdBy/<uuid>` (C.1).
    func policy(of action: String) -> ScalingPolicy? {
        first { action == $0.arn || action.hasPrefix($0.arn + ":createdBy/") }
    }
}
