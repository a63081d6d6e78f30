package import BerthKernel
package import OrderedCollections

/// What a template amounts to once its parameters are known.
package struct TemplatePlan: Hashable, Sendable {
    package let conditions: OrderedDictionary<String, Bool>
    /// The resources that exist, and what each needs first.
    package let graph: DependencyGraph
    /// The outputs that exist.
    package let outputs: [String]
}

extension Template {
    /// Decides the conditions and finds out what exists and what depends on what.
    ///
    /// A resource with a false condition does not exist. Referring to it from one that does is refused, being
    /// made to wait for it with `DependsOn` is not.
    package func plan(in scope: EvaluationScope) throws(Refusal) -> TemplatePlan {
        let conditions = try decidedConditions(in: scope)
        let existing = resources.filter { isTrue($0.value.condition, given: conditions) }
        var graph = DependencyGraph(nodes: existing.keys)
        for (logicalID, resource) in existing {
            try addDependencies(of: resource, as: logicalID, given: conditions, to: &graph)
        }
        let circle = graph.circle
        guard circle.isEmpty else { throw .circularResources(circle) }
        let outputs = try existingOutputs(given: conditions, in: graph)

        var scope = scope
        scope.conditions = conditions
        for resource in existing.values {
            try resource.properties.checkWhatIsKnown(in: scope)
        }
        for output in outputs {
            try self.outputs[output]?.value.checkWhatIsKnown(in: scope)
        }
        return TemplatePlan(conditions: conditions, graph: graph, outputs: outputs)
    }

    private func decidedConditions(in scope: EvaluationScope) throws(Refusal) -> OrderedDictionary<String, Bool> {
        var scope = scope
        for name in conditionGraph.order {
            scope.conditions[name] = try conditions[name]?.holds(in: scope)
        }
        return scope.conditions
    }

    private func addDependencies(
        of resource: ResourceDefinition, as logicalID: String, given conditions: OrderedDictionary<String, Bool>,
        to graph: inout DependencyGraph
    ) throws(Refusal) {
        for dependency in resource.dependsOn where graph.nodes.contains(dependency) {
            graph.add(dependency, before: logicalID)
        }
        let references = resource.properties.references(besides: parameters.keys, given: conditions)
        let missing = OrderedSet(references.map(\.logicalID).filter { !graph.nodes.contains($0) })
        guard missing.isEmpty else { throw .unresolvedResources(Array(missing)) }
        for reference in references {
            graph.add(reference.logicalID, before: logicalID)
        }
    }

    private func existingOutputs(
        given conditions: OrderedDictionary<String, Bool>, in graph: DependencyGraph
    ) throws(Refusal) -> [String] {
        let existing = outputs.filter { isTrue($0.value.condition, given: conditions) }
        for output in existing.values {
            let references = output.value.references(besides: parameters.keys, given: conditions)
            let missing = OrderedSet(references.map(\.logicalID).filter { !graph.nodes.contains($0) })
            guard missing.isEmpty else { throw .unresolvedInOutputs(Array(missing)) }
        }
        return Array(existing.keys)
    }

    private func isTrue(_ condition: String?, given conditions: OrderedDictionary<String, Bool>) -> Bool {
        condition.map { conditions[$0] ?? false } ?? true
    }

    /// Which condition names which.
    ///
    /// A name that is not declared is no node and adds nothing.
    var conditionGraph: DependencyGraph {
        var graph = DependencyGraph(nodes: conditions.keys)
        for (name, expression) in conditions {
            for used in expression.conditionNames where conditions[used] != nil {
                graph.add(used, before: name)
            }
        }
        return graph
    }
}
