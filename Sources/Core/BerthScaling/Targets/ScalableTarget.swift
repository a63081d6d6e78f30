package import BerthKernel
import OrderedCollections

/// What a scalable target is: a service's desired count.
///
/// Written `service/<cluster>/<service>`.
package struct TargetKey: Hashable, Codable, Sendable {
    package let serviceNamespace: String
    package let resourceID: String
    package let dimension: String

    package init(
        serviceNamespace: String = "ecs", resourceID: String, dimension: String = "ecs:service:DesiredCount"
    ) {
        self.serviceNamespace = serviceNamespace
        self.resourceID = resourceID
        self.dimension = dimension
    }

    /// `service/<cluster>/<service>` taken apart; `nil` for anything else.
    package var service: (cluster: String, name: String)? {
        let parts = resourceID.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "service", !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
        return (String(parts[1]), String(parts[2]))
    }
}

/// Which kinds of scaling are switched off.
///
/// Activities under way go on.
package struct SuspendedState: Hashable, Codable, Sendable {
    package var dynamicScalingIn: Bool
    package var dynamicScalingOut: Bool
    package var scheduledScaling: Bool

    package init(dynamicScalingIn: Bool = false, dynamicScalingOut: Bool = false, scheduledScaling: Bool = false) {
        self.dynamicScalingIn = dynamicScalingIn
        self.dynamicScalingOut = dynamicScalingOut
        self.scheduledScaling = scheduledScaling
    }
}

/// What RegisterScalableTarget asks for.
///
/// Members left out keep their value; a new target needs both bounds.
package struct TargetRegistration: Hashable, Codable, Sendable {
    package var key: TargetKey
    package var minimum: Int?
    package var maximum: Int?
    package var roleARN: String?
    package var suspended: SuspendedState?
    package var tags: [Tag]

    package init(
        key: TargetKey, minimum: Int? = nil, maximum: Int? = nil, roleARN: String? = nil,
        suspended: SuspendedState? = nil, tags: [Tag] = []
    ) {
        self.key = key
        self.minimum = minimum
        self.maximum = maximum
        self.roleARN = roleARN
        self.suspended = suspended
        self.tags = tags
    }
}

/// What ECS tells scaling of a service.
///
/// Scaling computes from `running`, not from `desired` (C.3).
package struct ServiceFacts: Hashable, Codable, Sendable {
    package var running: Int
    package var desired: Int
    package var deploymentInProgress: Bool
    package var exists: Bool

    package init(running: Int, desired: Int, deploymentInProgress: Bool = false, exists: Bool = true) {
        self.running = running
        self.desired = desired
        self.deploymentInProgress = deploymentInProgress
        self.exists = exists
    }
}

/// A service whose desired count policies and schedules may change, within bounds.
package struct ScalableTarget: Hashable, Codable, Sendable {
    package let key: TargetKey
    package let arn: String
    package let roleARN: String
    package let createdAt: Instant
    package internal(set) var minimum: Int
    package internal(set) var maximum: Int
    package internal(set) var suspended: SuspendedState
    package internal(set) var tags: [Tag]
    /// Oldest first; bounded.
    package internal(set) var activities: [ScalingActivity] = []

    /// The change whose cooldown may still run.
    var recent: RecentChange?
    /// What policies wanted within the last minute: the largest of them wins (C.6).
    var proposals: [Proposal] = []
    /// Alarms that invoked policies at this very moment and wait to be answered together.
    var invocations: [Invocation] = []
    /// The change the service has been asked for and has not reached.
    var underway: ChangeUnderway?
    /// Why nothing was done last time, by policy (empty: none in particular), so that an unchanged reason
    /// is told once.
    var lastReasons: OrderedDictionary<String, String> = [:]

    var bounds: String { "\(minimum) to \(maximum)" }

    func clamped(_ count: Int) -> Int {
        min(max(count, minimum), maximum)
    }
}

/// An alarm's call on a policy.
struct Invocation: Hashable, Codable, Sendable {
    let policyARN: String
    let trigger: AlarmTrigger
}

/// A change that a policy made, for as long as it limits later ones (C.5).
struct RecentChange: Hashable, Codable, Sendable {
    let direction: Direction
    /// The count the change was computed from: a second scale-out in its cooldown starts there again.
    let base: Int
    let target: Int
    /// AWS's seconds, of the policy that acted.
    let cooldown: Int
    let activity: UniqueID
    var completedAt: Instant?

    /// Whether the change is under way or cooling down.
    ///
    /// One that failed does neither (C.5 rule 1).
    func limits(at now: Instant, pace: Pace) -> Bool {
        completedAt.map { now < $0 + pace(.seconds(Int64(cooldown))) } ?? true
    }
}

/// A desired count that was set and waits for the service to run as many tasks.
struct ChangeUnderway: Hashable, Codable, Sendable {
    let activity: UniqueID
    let count: Int
    /// The service has been seen with this desired count: another one seen later overrides it.
    var isAccepted = false
}

enum Direction: String, Hashable, Codable, Sendable {
    case outward, inward
}
