import BerthKernel

/// A binding condition on the instance of a task.
protocol PlacementFilter {
    /// What speaks against the instance, or `nil` when nothing does.
    func rejection(of instance: InstanceSnapshot) -> PlacementRejection?
}

extension PlacementRequest {
    /// The filters that can reject anything for this request, in ECS's order: resources, then attributes and
    /// zones, then constraints.
    ///
    /// - AWS: ECS Developer Guide, *How Amazon ECS places tasks on container instances*.
    func filters() -> [any PlacementFilter] {
        var filters: [any PlacementFilter] = [ResourceFilter(needs: needs)]
        if !needs.tcpPorts.isEmpty || !needs.udpPorts.isEmpty {
            filters.append(PortFilter(tcpPorts: needs.tcpPorts, udpPorts: needs.udpPorts))
        }
        if !requiredAttributes.isEmpty { filters.append(AttributeFilter(names: requiredAttributes)) }
        if let zones { filters.append(ZoneFilter(zones: zones)) }
        for constraint in constraints {
            switch constraint {
            case .distinctInstance: filters.append(DistinctInstanceFilter())
            case .memberOf(let query): filters.append(MemberOfFilter(query: query))
            }
        }
        return filters
    }
}
