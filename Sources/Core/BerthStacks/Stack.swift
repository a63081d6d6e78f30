package import BerthKernel
package import BerthTemplates
package import OrderedCollections

/// A template brought to life under a name.
package struct Stack: Hashable, Codable, Sendable {
    package let id: UniqueID
    package let name: String
    /// What AWS calls StackId.
    package let arn: String
    package let createdAt: Instant
    package internal(set) var deletedAt: Instant?
    package internal(set) var status: StackStatus
    package internal(set) var statusReason: String?
    package let onFailure: StackFailureAction
    package let isProtected: Bool
    package let tags: [Tag]
    package let capabilities: [String]
    /// The template byte for byte as it was submitted.
    package let templateText: String
    package let template: Template
    package let parameters: OrderedDictionary<String, ParameterValue>
    package let conditions: OrderedDictionary<String, Bool>
    /// What must exist before what.
    ///
    /// Removing goes the other way.
    package let graph: DependencyGraph
    /// The resources that exist under the stack's conditions, in the order of the template.
    package internal(set) var resources: OrderedDictionary<String, StackResource>
    /// Empty until the stack is complete.
    package internal(set) var outputs: [StackOutput] = []
    /// Everything that happened, oldest first.
    ///
    /// Every event has a millisecond of its own.
    package internal(set) var events: [StackEventRecord] = []

    /// The logical ids of the resources that are in a status, in the order of the template.
    package func resources(with status: ResourceStatus) -> [String] {
        resources.values.filter { $0.status == status }.map(\.logicalID)
    }
}

/// A resource of a stack.
package struct StackResource: Hashable, Codable, Sendable {
    package let logicalID: String
    package let type: String
    /// `nil` while the resource waits for others.
    package internal(set) var status: ResourceStatus?
    package internal(set) var statusReason: String?
    package internal(set) var physicalID: String?
    /// What `Fn::GetAtt` gives, once complete.
    package internal(set) var attributes: OrderedDictionary<String, TemplateValue> = [:]
    /// With all functions evaluated, once begun.
    package internal(set) var properties: TemplateValue = [:]
    /// Counts the actions asked for; names the one that is under way.
    package internal(set) var generation = 0
    package internal(set) var updatedAt: Instant
}

/// A value that a complete stack shows.
package struct StackOutput: Hashable, Codable, Sendable {
    package let key: String
    package let value: String
    package let summary: String?
    package let exportName: String?
}

/// One line of a stack's history, as DescribeStackEvents shows it.
package struct StackEventRecord: Hashable, Codable, Sendable {
    package let id: String
    package let logicalID: String
    package let physicalID: String
    package let type: String
    package let instant: Instant
    package let status: String
    package let reason: String?
    /// JSON; `nil` for events of the stack itself.
    package let properties: String?
}

/// What to do with what exists when a resource cannot be created.
package enum StackFailureAction: String, Codable, Sendable {
    case rollback = "ROLLBACK"
    case doNothing = "DO_NOTHING"
    case delete = "DELETE"
}
