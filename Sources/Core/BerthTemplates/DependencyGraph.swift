package import OrderedCollections

/// What must come before what, in the order of the template wherever that leaves a choice.
package struct DependencyGraph: Hashable, Codable, Sendable {
    private var dependenciesByNode: OrderedDictionary<String, OrderedSet<String>>

    package init(nodes: some Sequence<String>) {
        dependenciesByNode = OrderedDictionary(uniqueKeysWithValues: nodes.map { ($0, []) })
    }

    /// Everything there is to order, in the order of the template.
    package var nodes: OrderedSet<String> {
        dependenciesByNode.keys
    }

    /// Notes that `node` needs `dependency` first.
    ///
    /// Both must be nodes of the graph.
    package mutating func add(_ dependency: String, before node: String) {
        precondition(dependenciesByNode[dependency] != nil, "\(dependency) is not in the graph")
        dependenciesByNode[node]?.append(dependency)
    }

    /// What `node` needs directly.
    package func dependencies(of node: String) -> OrderedSet<String> {
        dependenciesByNode[node] ?? []
    }

    /// What needs `node` directly.
    package func dependents(of node: String) -> [String] {
        dependenciesByNode.elements.compactMap { $0.value.contains(node) ? $0.key : nil }
    }

    /// Whether `node` needs `other`, directly or through others.
    package func depends(_ node: String, on other: String) -> Bool {
        var seen: OrderedSet<String> = [node]
        var index = 0
        while index < seen.count {
            for dependency in dependencies(of: seen[index]) {
                if dependency == other { return true }
                seen.append(dependency)
            }
            index += 1
        }
        return false
    }

    /// The nodes that can never begin because they wait for themselves; empty in a sound graph.
    ///
    /// Nodes that merely wait for such a circle are not part of it.
    package var circle: [String] {
        nodes.filter { depends($0, on: $0) }
    }

    /// All nodes, each after what it needs.
    ///
    /// - Precondition: there is no ``circle``.
    package var order: [String] {
        var ordered: OrderedSet<String> = []
        while ordered.count < nodes.count {
            let ready = nodes.filter { !ordered.contains($0) && dependencies(of: $0).isSubset(of: ordered) }
            precondition(!ready.isEmpty, "a graph with a circle has no order")
            ordered.append(contentsOf: ready)
        }
        return Array(ordered)
    }
}
