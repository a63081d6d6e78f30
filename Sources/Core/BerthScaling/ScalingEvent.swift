package import BerthKernel

/// What scaling tells the rest of the world.
package enum ScalingEvent: Hashable, Codable, Sendable {
    /// The service shall have this desired count. `cause` is the activity's, in AWS's words.
    case setDesiredCount(resourceID: String, count: Int, activity: UniqueID, cause: String)
    /// The service reached the count; the text of the service event ECS shows for it (C.9).
    case fulfilled(resourceID: String, count: Int, message: String)
    /// The policy could not answer the alarm; belongs into the alarm's history (C.4).
    case actionFailed(alarm: String, policyARN: String, error: String)
    case alarmWanted(AlarmDefinition)
    case alarmUnwanted(String)
    case decided(Decision)
}
