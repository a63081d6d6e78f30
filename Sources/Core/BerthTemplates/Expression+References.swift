import BerthKernel
package import OrderedCollections

/// Where an expression leans on a resource: by its physical id, or by one of its attributes.
package struct ResourceReference: Hashable, Sendable {
    package let logicalID: String
    /// The attribute's name, or `nil` for `Ref` and for a name that only a parameter tells.
    package let attribute: String?
}

extension Expression {
    /// Everything the expression refers to that is neither a parameter nor a pseudo parameter.
    ///
    /// With `conditions`, only the branches that are taken count; without, both do.
    package func references(
        besides parameters: OrderedSet<String>, given conditions: OrderedDictionary<String, Bool>? = nil
    ) -> [ResourceReference] {
        var collector = ReferenceCollector(parameters: parameters, conditions: conditions)
        collector.collect(self)
        return collector.references
    }

    /// Evaluates every part that needs no resource, so that what is wrong with it shows before anything is made.
    func checkWhatIsKnown(in scope: EvaluationScope) throws(Refusal) {
        if references(besides: scope.parameters.keys, given: scope.conditions).isEmpty {
            _ = try evaluate(in: scope)?.resolvingDynamicReferences()
            return
        }
        if case .if(let name, let then, let otherwise) = self, let truth = scope.conditions[name] {
            return try (truth ? then : otherwise).checkWhatIsKnown(in: scope)
        }
        for part in parts {
            try part.checkWhatIsKnown(in: scope)
        }
    }

    /// The names of the conditions that decide about this expression.
    package var conditionNames: [String] {
        var names: [String] = []
        visit { expression in
            switch expression {
            case .condition(let name), .if(let name, _, _): names.append(name)
            default: break
            }
        }
        return names
    }

    /// Calls `body` for this expression and everything in it, parents first.
    func visit(_ body: (Expression) -> Void) {
        body(self)
        for part in parts {
            part.visit(body)
        }
    }

    /// The expressions this one is directly made of.
    var parts: [Expression] {
        switch self {
        case .scalar, .ref, .condition: []
        case .list(let elements), .and(let elements), .or(let elements): elements
        case .map(let members): Array(members.values)
        case .getAtt(_, let attribute): [attribute]
        case .sub(_, let variables): Array(variables.values)
        case .join(_, let part), .split(_, let part), .getAZs(let part), .base64(let part), .not(let part): [part]
        case .select(let left, let right), .equals(let left, let right), .if(_, let left, let right): [left, right]
        case .findInMap(let map, let first, let second): [map, first, second]
        case .cidr(let block, let count, let hostBits): [block, count] + (hostBits.map { [$0] } ?? [])
        }
    }
}

private struct ReferenceCollector {
    let parameters: OrderedSet<String>
    let conditions: OrderedDictionary<String, Bool>?
    private(set) var references: [ResourceReference] = []

    init(parameters: OrderedSet<String>, conditions: OrderedDictionary<String, Bool>?) {
        self.parameters = parameters
        self.conditions = conditions
    }

    mutating func collect(_ expression: Expression) {
        switch expression {
        case .ref(let name):
            add(name, attribute: nil)
        case .getAtt(let resource, .scalar(let attribute)):
            add(resource, attribute: attribute.text)
        case .getAtt(let resource, _):
            add(resource, attribute: nil)
        case .sub(let text, let variables):
            for name in text.variables where variables[name] == nil {
                let parts = name.split(separator: ".", maxSplits: 1)
                add(String(parts[0]), attribute: parts.count == 2 ? String(parts[1]) : nil)
            }
        case .if(let name, let then, let otherwise):
            guard let truth = conditions?[name] else { break }
            collect(truth ? then : otherwise)
            return
        default:
            break
        }
        for part in expression.parts {
            collect(part)
        }
    }

    private mutating func add(_ name: String, attribute: String?) {
        guard !parameters.contains(name), PseudoParameter(rawValue: name) == nil else { return }
        references.append(ResourceReference(logicalID: name, attribute: attribute))
    }
}
