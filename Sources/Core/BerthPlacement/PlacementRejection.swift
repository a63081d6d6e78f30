package import BerthKernel

/// Why a task cannot go on an instance.
///
/// The first filter that objects decides.
package enum PlacementRejection: Hashable, Codable, Sendable {
    case cpu(needed: CPUUnits, remaining: CPUUnits)
    case memory(needed: MiB, remaining: MiB)
    case gpu(needed: Int, remaining: Int)
    case networkInterface(needed: Int, remaining: Int)
    /// A static host port that is taken.
    case port(Int)
    /// A required attribute the instance lacks.
    case attribute(String)
    /// The instance's zone has no subnet of the task.
    case zone(String)
    case distinctInstance
    /// A cluster query the instance does not satisfy.
    case memberOf(String)

    /// The `reason` of a `failures` entry, and the `stoppedReason` of a task that waited too long.
    ///
    /// - AWS: ECS Developer Guide, *API failure reasons*.
    package var failureReason: String {
        switch self {
        case .cpu: "RESOURCE:CPU"
        case .memory: "RESOURCE:MEMORY"
        case .gpu: "RESOURCE:GPU"
        case .networkInterface: "RESOURCE:ENI"
        case .port: "RESOURCE:PORTS"
        case .attribute: "ATTRIBUTE"
        case .zone: "LOCATION"
        case .distinctInstance: "DistinctInstance placement constraint unsatisfied."
        case .memberOf: "MemberOf placement constraint unsatisfied."
        }
    }

    /// What the instance is said to have or lack in a service event, to follow "container-instance X".
    ///
    /// - AWS: ECS Developer Guide, *Amazon ECS service event messages*.
    package var eventText: String {
        switch self {
        case .cpu: "has insufficient CPU units available"
        case .memory: "has insufficient memory available"
        case .gpu: "has insufficient GPU resource available"
        case .networkInterface: "encountered error \"RESOURCE:ENI\""
        case .port: "is already using a port required by your task"
        case .attribute: "is missing an attribute required by your task"
        case .zone: "encountered error \"LOCATION\""
        case .distinctInstance: "encountered error \"DistinctInstance placement constraint unsatisfied.\""
        case .memberOf: "encountered error \"MemberOf placement constraint unsatisfied.\""
        }
    }

    /// The same with its numbers, as part of an explanation: `needs 2,048 MiB of memory and 512 MiB are left`.
    package var explanation: String {
        switch self {
        case .cpu(let needed, let remaining): "needs \(needed) CPU units and \(remaining) are left"
        case .memory(let needed, let remaining): "needs \(needed) MiB of memory and \(remaining) MiB are left"
        case .gpu(let needed, let remaining): "needs \(needed) GPUs and \(remaining) are left"
        case .networkInterface(let needed, let remaining):
            "needs \(needed) network interfaces and \(remaining) are left"
        case .port(let port): "needs host port \(port), which is taken"
        case .attribute(let name): "needs the attribute \(name), which the instance lacks"
        case .zone(let zone): "has no subnet in \(zone)"
        case .distinctInstance: "may run only once per instance and already runs there"
        case .memberOf(let query): "may run only where \(query)"
        }
    }
}
