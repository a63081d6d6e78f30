package import BerthKernel
import OrderedCollections

extension ECS {
    /// Creates a cluster.
    ///
    /// One that exists and is active is returned as it is.
    ///
    /// - AWS: ECS API Reference, *CreateCluster*; the name of a deleted cluster can be used again.
    package mutating func createCluster(
        _ specification: ClusterSpecification, at now: Instant
    ) throws(Refusal) -> Cluster {
        let name = specification.name ?? "default"
        guard name.isValidName else { throw .invalidClusterName() }
        if let existing = clusters[name], existing.status == .active { return existing }
        let providers = specification.capacityProviders.map(providerName)
        let strategy = specification.defaultStrategy.map(named)
        try checkProviders(providers)
        try checkStrategy(strategy, providers: providers)
        return addCluster(name, specification, providers, strategy, at: now)
    }

    /// Adds a checked cluster.
    @discardableResult
    mutating func addCluster(
        _ name: String, _ specification: ClusterSpecification, _ providers: [String],
        _ strategy: [CapacityProviderStrategyItem], at now: Instant
    ) -> Cluster {
        let cluster = Cluster(
            name: name, arn: tenancy.arn("ecs", "cluster/\(name)"), status: .active, capacityProviders: providers,
            defaultStrategy: strategy, settings: specification.settings, tags: specification.tags, createdAt: now)
        clusters[name] = cluster
        if !providers.isEmpty {
            outbox.append(.providersAssociated(cluster: name, added: providers, removed: []))
        }
        return cluster
    }

    /// Deletes a cluster that holds nothing any more.
    ///
    /// It stays describable as INACTIVE.
    package mutating func deleteCluster(_ identifier: String, at now: Instant) throws(Refusal) -> Cluster {
        var cluster = try cluster(identifier)
        guard cluster.status == .active else { return cluster }
        let name = cluster.name
        guard !services.values.contains(where: { $0.cluster == name && $0.status == .active }) else {
            throw .clusterContainsServices()
        }
        guard !instances.values.contains(where: { $0.facts.cluster == name }) else {
            throw .clusterContainsInstances()
        }
        guard !tasks.values.contains(where: { $0.cluster == name && $0.lastStatus != .stopped }) else {
            throw .clusterContainsTasks()
        }
        let removed = cluster.capacityProviders
        cluster.status = .inactive
        cluster.capacityProviders = []
        cluster.defaultStrategy = []
        clusters[name] = cluster
        if !removed.isEmpty { outbox.append(.providersAssociated(cluster: name, added: [], removed: removed)) }
        return cluster
    }

    /// Replaces the cluster's providers and default strategy as a whole.
    ///
    /// A provider that a service or a task still uses cannot be left out.
    ///
    /// - AWS: ECS API Reference, *PutClusterCapacityProviders*.
    package mutating func putCapacityProviders(
        cluster identifier: String, providers: [String], defaultStrategy: [CapacityProviderStrategyItem],
        at now: Instant
    ) throws(Refusal) -> Cluster {
        var cluster = try activeCluster(identifier)
        let wanted = providers.map(providerName)
        let strategy = defaultStrategy.map(named)
        try checkProviders(wanted)
        try checkStrategy(strategy, providers: wanted)
        let removed = cluster.capacityProviders.filter { !wanted.contains($0) }
        guard !removed.contains(where: { isInUse($0, in: cluster.name) }) else { throw .providerInUse() }
        let added = wanted.filter { !cluster.capacityProviders.contains($0) }
        cluster.capacityProviders = wanted
        cluster.defaultStrategy = strategy
        clusters[cluster.name] = cluster
        if !added.isEmpty || !removed.isEmpty {
            outbox.append(.providersAssociated(cluster: cluster.name, added: added, removed: removed))
        }
        return cluster
    }

    /// Takes note of a provider that was made, changed or, as inactive, deleted.
    package mutating func providerChanged(_ facts: ProviderFacts, at now: Instant) {
        providers[facts.name] = facts
    }

    /// A strategy item that names its provider by name.
    func named(_ item: CapacityProviderStrategyItem) -> CapacityProviderStrategyItem {
        var item = item
        item.provider = providerName(item.provider)
        return item
    }

    /// Whether a service or a task that has not stopped depends on the provider.
    private func isInUse(_ provider: String, in cluster: String) -> Bool {
        let byService = services.values.contains { service in
            service.cluster == cluster && service.status != .inactive
                && ([service.revision] + service.deployments.map(\.revision)).contains { revision in
                    revision.strategy.contains { $0.provider == provider }
                }
        }
        return byService
            || tasks.values.contains {
                $0.cluster == cluster && $0.capacityProvider == provider && $0.lastStatus != .stopped
            }
    }

    private func checkProviders(_ names: [String]) throws(Refusal) {
        guard names.count <= ECSLimits.providersPerCluster else { throw .tooManyProviders() }
        for name in names {
            guard let facts = providers[name] else { throw .providerNotFound(name) }
            guard facts.isActive else { throw .providerNotActive(name) }
        }
    }

    /// Checks a strategy for use with these providers of a cluster (reference, ECS 2).
    func checkStrategy(_ strategy: [CapacityProviderStrategyItem], providers names: [String]) throws(Refusal) {
        guard !strategy.isEmpty else { return }
        guard strategy.count <= ECSLimits.strategyItems else { throw .strategyTooLong() }
        var kinds: [ProviderFacts.Kind] = []
        for (index, item) in strategy.enumerated() {
            guard names.contains(item.provider) else { throw .providerNotAssociated() }
            guard let facts = providers[item.provider], facts.isActive else {
                throw .providerNotActive(item.provider)
            }
            guard ECSLimits.strategyWeights.contains(item.weight) else { throw .weightOutOfRange() }
            guard ECSLimits.strategyBases.contains(item.base) else { throw .baseOutOfRange() }
            guard !strategy[..<index].contains(where: { $0.provider == item.provider }) else {
                throw .strategyNamesProviderTwice()
            }
            kinds.append(facts.kind == .fargateSpot ? .fargate : facts.kind)
        }
        guard kinds.allSatisfy({ $0 == kinds.first }) else { throw .mixedStrategy() }
        guard strategy.count(where: { $0.base > 0 }) <= 1 else { throw .severalBases() }
        // A single provider gets everything whatever its weight; the API's default is zero.
        guard strategy.count == 1 || strategy.contains(where: { $0.weight > 0 }) else { throw .noWeight() }
    }
}
