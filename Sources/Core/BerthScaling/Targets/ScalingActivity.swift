package import BerthKernel

/// One line of DescribeScalingActivities: something that was done to a target, or not done and why.
package struct ScalingActivity: Hashable, Codable, Sendable {
    package enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        case pending = "Pending"
        case inProgress = "InProgress"
        case successful = "Successful"
        case overridden = "Overridden"
        case unfulfilled = "Unfulfilled"
        case failed = "Failed"
    }

    /// Why a policy that was invoked changed nothing.
    package struct NotScaledReason: Hashable, Codable, Sendable {
        package let code: String
        package var maximum: Int?
        package var minimum: Int?
        package var current: Int?
    }

    package let id: UniqueID
    package let key: TargetKey
    package let description: String
    package let cause: String
    package let startedAt: Instant
    package internal(set) var endedAt: Instant?
    package internal(set) var status: Status
    package internal(set) var statusMessage: String?
    /// Empty for everything that was done.
    package internal(set) var notScaledReasons: [NotScaledReason] = []

    /// Such activities are listed only with IncludeNotScaledActivities (C.9).
    package var isNotScaled: Bool { !notScaledReasons.isEmpty }
}

extension ScalingActivity.NotScaledReason {
    static func atMaximum(_ maximum: Int) -> Self { Self(code: "AlreadyAtMaxCapacity", maximum: maximum) }
    static func atMinimum(_ minimum: Int) -> Self { Self(code: "AlreadyAtMinCapacity", minimum: minimum) }
    static func atDesired(_ current: Int) -> Self { Self(code: "AlreadyAtDesiredCapacity", current: current) }
    /// A deployment keeps ECS from scaling in (C.3).
    static let unscalable = Self(code: "TargetServicePutResourceAsUnscalable")
}
