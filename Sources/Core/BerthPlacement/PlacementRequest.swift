package import BerthKernel

/// One task that looks for an instance.
package struct PlacementRequest: Hashable, Codable, Sendable {
    package var needs: ResourceNeeds
    /// In the order given: each refines the choice the ones before it left.
    package var strategies: [PlacementStrategy]
    /// Those of the task definition and those of the service or RunTask; all are binding.
    package var constraints: [PlacementConstraint]
    /// Names of attributes the instance must have, whatever their value.
    package var requiredAttributes: [String]
    /// Zones of the task's subnets in `awsvpc` mode; `nil` when any zone will do.
    package var zones: [String]?

    package init(
        needs: ResourceNeeds, strategies: [PlacementStrategy] = PlacementStrategy.serviceDefault,
        constraints: [PlacementConstraint] = [], requiredAttributes: [String] = [], zones: [String]? = nil
    ) {
        self.needs = needs
        self.strategies = strategies
        self.constraints = constraints
        self.requiredAttributes = requiredAttributes
        self.zones = zones
    }
}
