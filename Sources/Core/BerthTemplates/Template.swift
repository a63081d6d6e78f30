package import OrderedCollections

/// A CloudFormation template: its sections with the functions found and their shapes checked.
///
/// A template that exists is sound in itself: every name it uses is declared, conditions and resources do not
/// depend on themselves. What depends on parameters is checked when they are known, in ``plan(in:)``.
package struct Template: Hashable, Codable, Sendable {
    /// Two levels of keys and then a string or a list of strings.
    package typealias Mapping = OrderedDictionary<String, OrderedDictionary<String, TemplateValue>>

    package var summary: String?
    package var parameters: OrderedDictionary<String, ParameterDefinition> = [:]
    package var mappings: OrderedDictionary<String, Mapping> = [:]
    package var conditions: OrderedDictionary<String, Expression> = [:]
    package var resources: OrderedDictionary<String, ResourceDefinition> = [:]
    package var outputs: OrderedDictionary<String, OutputDefinition> = [:]

    /// The types of all resources, each once, in the order of the template.
    package var resourceTypes: OrderedSet<String> {
        OrderedSet(resources.values.map(\.type))
    }
}

/// A resource as the template declares it.
package struct ResourceDefinition: Hashable, Codable, Sendable {
    /// What becomes of the physical resource when the stack lets go of it.
    package enum DeletionPolicy: String, Codable, Sendable {
        case delete = "Delete"
        case retain = "Retain"
        case retainExceptOnCreate = "RetainExceptOnCreate"
        /// A snapshot is taken first. None of the supported types has snapshots, so it is deleted.
        case snapshot = "Snapshot"
    }

    package let type: String
    /// Always a map.
    package let properties: Expression
    /// The names of the properties the template sets.
    package var propertyNames: [String] {
        if case .map(let members) = properties { Array(members.keys) } else { [] }
    }
    /// What `DependsOn` names, beside what the properties refer to.
    package let dependsOn: [String]
    package let condition: String?
    package let deletionPolicy: DeletionPolicy
}

/// A value the stack shows when it is complete.
package struct OutputDefinition: Hashable, Codable, Sendable {
    package let value: Expression
    package let summary: String?
    package let exportName: Expression?
    package let condition: String?
}
