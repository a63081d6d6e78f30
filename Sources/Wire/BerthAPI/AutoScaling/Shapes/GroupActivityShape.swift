import BerthCapacity
import BerthKernel
import OrderedCollections

struct GroupActivityShape: Encodable, Sendable {
    let ActivityId: String
    let AutoScalingGroupName: String
    let Description: String
    let Cause: String
    let StartTime: Instant
    let EndTime: Instant?
    let StatusCode: String
    let StatusMessage: String?
    let Progress: Int
    let Details: String
    let AutoScalingGroupARN: String?

    init(_ activity: ScalingActivity, in capacity: Capacity) {
        ActivityId = activity.id.uuid
        AutoScalingGroupName = activity.group
        Description = activity.description
        Cause = activity.cause
        StartTime = activity.startedAt
        EndTime = activity.endedAt
        StatusCode = activity.status.rawValue
        StatusMessage = activity.statusMessage
        Progress = activity.progress
        let places = [("Subnet ID", activity.subnet), ("Availability Zone", activity.zone)]
        let members = places.compactMap { name, place in place.map { "\"\(name)\":\"\($0)\"" } }
        Details = "{\(members.joined(separator: ","))}"
        AutoScalingGroupARN = capacity.groups[activity.group]?.arn
    }
}

extension Refusal {
    static var invalidGroupToken: Refusal {
        Refusal(code: "InvalidNextToken", message: "The token is invalid.")
    }

    static func noManagedInstance(_ id: String) -> Refusal {
        Refusal(
            code: "ValidationError",
            message: "Instance Id not found - No managed instance found for instance ID: \(id)")
    }
}

extension InstanceID {
    /// The instance of that name.
    ///
    /// What is no instance id cannot name one that exists.
    init(managed text: String) throws(Refusal) {
        guard let id = InstanceID(text) else { throw .noManagedInstance(text) }
        self = id
    }
}
