package import BerthKernel
import DequeModule
import OrderedCollections

/// What ListMetrics asks for.
package struct MetricFilter: Hashable, Codable, Sendable {
    /// A dimension the metric must have, with any value when none is given.
    package struct Dimension: Hashable, Codable, Sendable {
        package var name: String
        package var value: String?

        package init(name: String, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    package var namespace: String?
    package var name: String?
    package var dimensions: [Dimension]
    /// Only metrics with data in the last three (paced) hours.
    package var recentlyActive: Bool

    package init(
        namespace: String? = nil, name: String? = nil, dimensions: [Dimension] = [], recentlyActive: Bool = false
    ) {
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions
        self.recentlyActive = recentlyActive
    }
}

extension Metrics {
    /// The metrics that have data and match, in the order in which they first appeared.
    package func list(_ filter: MetricFilter = MetricFilter(), at now: Instant) -> [MetricIdentity] {
        let oldest = now - pace(MetricsLimits.recentlyActive)
        return series.elements.filter { identity, units in
            identity.matches(filter)
                && (!filter.recentlyActive || units.contains { ($0.buckets.last?.start ?? .epoch) >= oldest })
        }.map(\.key)
    }
}

extension MetricIdentity {
    fileprivate func matches(_ filter: MetricFilter) -> Bool {
        (filter.namespace == nil || filter.namespace == namespace) && (filter.name == nil || filter.name == name)
            && filter.dimensions.allSatisfy { wanted in
                dimensions.contains { $0.name == wanted.name && (wanted.value ?? $0.value) == $0.value }
            }
    }
}
