package import BerthKernel

/// An expression of the cluster query language: `attribute:ecs.instance-type =~ g4dn.* and runningTasksCount < 2`.
///
/// Used by `memberOf` constraints and by the filter of ListContainerInstances. `and` binds tighter than `or`;
/// a negated operator is the negation of the plain one, so an instance without an attribute satisfies `!=`.
///
/// - AWS: ECS Developer Guide, *Create expressions to define container instances for Amazon ECS tasks*.
package struct ClusterQuery: Hashable, Sendable {
    /// The longest expression the API takes.
    package static let longest = 2_000

    package let text: String
    private let expression: ClusterQueryExpression

    /// Reads an expression; what cannot be read is refused with the place of the problem.
    package init(_ text: String) throws(Refusal) {
        guard text.count <= Self.longest else {
            throw .invalidExpression(text, "it is longer than \(Self.longest) characters")
        }
        do throws(ClusterQueryParser.Problem) {
            expression = try ClusterQueryParser.parse(text)
        } catch {
            throw .invalidExpression(text, error.description)
        }
        self.text = text
    }

    /// Whether one instance satisfies the query.
    ///
    /// For many instances ask ``predicate()`` once.
    package func matches(_ instance: InstanceSnapshot) -> Bool {
        predicate()(instance)
    }

    /// A test to be used on many instances: patterns are compiled here and not for each of them.
    package func predicate() -> (InstanceSnapshot) -> Bool {
        expression.predicate()
    }
}

extension ClusterQuery: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
