package import BerthKernel
package import BerthTemplates
package import OrderedCollections

/// Something to be done to one resource, by whoever knows its type.
///
/// Ask ``Stacks/isCurrent(_:)`` before doing it: between the moment it was asked for and the moment it is done,
/// another resource may have failed and the stack may be on its way back. Answer with
/// ``Stacks/report(_:for:at:)``; an answer that is too late is ignored.
package struct ResourceAction: Hashable, Codable, Sendable {
    package enum Operation: String, Codable, Sendable {
        case create, delete
    }

    package let stack: UniqueID
    package let stackName: String
    package let logicalID: String
    package let generation: Int
    package let type: String
    package let operation: Operation
    /// All functions evaluated, AWS::NoValue removed.
    package let properties: ResourceProperties
    /// The resource to delete.
    ///
    /// `nil` for every creation.
    package let physicalID: String?
    /// What CloudFormation tags everything with that it makes, and the stack's own tags behind them.
    package let tags: [Tag]
    /// Twelve random letters and digits, the end of names that the template leaves open.
    let nameSuffix: String

    /// The name of a resource to which the template gives none: `STACK-LOGICAL-ABCDEF123456`.
    ///
    /// Cut to `limit` characters where the service allows fewer than the whole; the end stays, it is what makes
    /// the name unique.
    package func defaultName(limit: Int = 255) -> String {
        let room = limit - nameSuffix.count - 1
        let readable = "\(stackName)-\(logicalID)"
        guard readable.count > room else { return "\(readable)-\(nameSuffix)" }
        let logicalRoom = min(logicalID.count, max(room / 2, room - 1 - stackName.count))
        let stackRoom = room - 1 - logicalRoom
        return "\(stackName.prefix(stackRoom))-\(logicalID.prefix(logicalRoom))-\(nameSuffix)"
    }
}

/// How an action on a resource goes.
package enum ResourceResult: Hashable, Codable, Sendable {
    /// The resource exists under this id and is not ready yet.
    case inProgress(physicalID: String)
    /// Created and ready, or deleted: then id and attributes do not matter.
    case complete(physicalID: String, attributes: OrderedDictionary<String, TemplateValue> = [:])
    case failed(reason: String, code: HandlerErrorCode = .invalidRequest)
}

/// What kind of failure a resource's handler reports.
package enum HandlerErrorCode: String, Codable, Sendable {
    case accessDenied = "AccessDenied"
    case alreadyExists = "AlreadyExists"
    case generalServiceException = "GeneralServiceException"
    case invalidRequest = "InvalidRequest"
    case notFound = "NotFound"
    case notStabilized = "NotStabilized"
    case resourceConflict = "ResourceConflict"
    case serviceLimitExceeded = "ServiceLimitExceeded"
    case throttling = "Throttling"
}

/// What stacks tell the world.
package enum StackEvent: Hashable, Codable, Sendable {
    case provision(ResourceAction)
    case stackChanged(name: String, status: StackStatus)
    case decided(Decision)
}
