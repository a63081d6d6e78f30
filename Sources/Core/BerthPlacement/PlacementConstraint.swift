package import BerthKernel

/// A binding rule about where a task may run, checked when it is placed and not afterwards.
package enum PlacementConstraint: Hashable, Codable, Sendable {
    /// At most one task of the group per instance.
    case distinctInstance
    /// Only instances that satisfy a cluster query.
    case memberOf(ClusterQuery)

    /// The constraint an API call names.
    package init(type: String, expression: String?) throws(Refusal) {
        switch type {
        case "distinctInstance" where expression?.isEmpty ?? true: self = .distinctInstance
        case "memberOf": self = .memberOf(try ClusterQuery(expression ?? ""))
        default: throw .invalidConstraint(type: type)
        }
    }
}
