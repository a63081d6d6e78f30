package import BerthKernel

/// One launch or termination of a group, in the words of DescribeScalingActivities.
package struct ScalingActivity: Hashable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case preInService = "PreInService"
        case midLifecycleAction = "MidLifecycleAction"
        case inProgress = "InProgress"
        case successful = "Successful"
        case failed = "Failed"
    }

    package let id: UniqueID
    package let group: String
    package let instance: InstanceID?
    package let description: String
    /// Sentences joined by two spaces, as AWS does.
    package let cause: String
    package let subnet: String?
    package let zone: String?
    package let startedAt: Instant
    package internal(set) var endedAt: Instant?
    package internal(set) var status: Status
    package internal(set) var statusMessage: String?

    /// 50 until the activity ends, then 100.
    package var progress: Int { endedAt == nil ? 50 : 100 }
}

/// Why the size of a group changes, as the first sentence of an activity's cause says it.
enum ScalingCause {
    case created
    case updated(min: Int, max: Int, desired: Int)
    case setDesired
    case alarm(name: String, policy: String)
    case deleted
    case none

    /// `At T a user request … changing the desired capacity from A to B.`, or nothing.
    func sentence(from old: Int, to new: Int, at now: Instant) -> String? {
        let subject: String
        switch self {
        case .created: subject = "a user request created an AutoScalingGroup"
        case .updated(let min, let max, let desired):
            subject =
                "a user request update of AutoScalingGroup constraints to min: \(min), max: \(max), "
                + "desired: \(desired)"
        case .setDesired: subject = "a user request explicitly set group desired capacity"
        case .alarm(let name, let policy):
            subject = "a monitor alarm \(name) in state ALARM triggered policy \(policy)"
        case .deleted: subject = "a user request deleted the AutoScalingGroup"
        case .none: return nil
        }
        return "At \(CalendarTime(now).iso8601) \(subject) changing the desired capacity from \(old) to \(new)."
    }
}
