package import BerthKernel
import BerthPlacement
import OrderedCollections

extension ECS {
    /// Creates a service and starts its first deployment.
    ///
    /// The same call again returns the service that exists; with other parameters it is refused.
    ///
    /// - AWS: ECS API Reference, *CreateService*.
    package mutating func createService(
        _ specification: ServiceSpecification, at now: Instant
    ) throws(Refusal) -> ECSService {
        let cluster = try activeCluster(specification.cluster)
        guard specification.name.isValidName else { throw .invalidServiceName() }
        let service = try makeService(specification, in: cluster, at: now)
        if let existing = services[service.key] {
            switch existing.status {
            case .active:
                guard existing.isSame(as: service) else { throw .serviceNotIdempotent() }
                return existing
            case .draining: throw .serviceStillDraining()
            case .inactive: break
            }
        }
        services[service.key] = service
        beginDeployment(of: service.key, at: now)
        unsettled.services.append(service.key)
        settle(at: now)
        return services[service.key] ?? service
    }

    /// Changes a service.
    ///
    /// See ``ServiceUpdate`` for which changes start a deployment.
    package mutating func updateService(_ update: ServiceUpdate, at now: Instant) throws(Refusal) -> ECSService {
        guard let service = try service(update.service, cluster: update.cluster) else { throw .serviceNotFound() }
        guard service.status == .active else { throw .serviceNotActive() }
        let changed = try apply(update, to: service)
        let deploys =
            update.forceNewDeployment || update.taskDefinition != nil || update.network != nil
            || update.platformVersion != nil
        let key = service.key
        services[key] = changed
        if changed.desiredCount != service.desiredCount {
            setDesiredCount(of: key, to: changed.desiredCount, at: now)
            decide(
                .service, key.service,
                "Desired count of service \(key.service) goes from \(service.desiredCount) to "
                    + "\(changed.desiredCount), as UpdateService asks.", at: now)
        }
        if deploys {
            if settings.fillsOldDeploymentFirst, changed.desiredCount > service.desiredCount {
                unsettled.services.append(key)
                settle(at: now)
            }
            beginDeployment(of: key, at: now)
        } else if update.strategy != nil {
            services[key]?.deployments[0].revision = changed.revision
        }
        unsettled.services.append(key)
        settle(at: now)
        return services[key] ?? changed
    }

    /// Deletes a service: its tasks are stopped, protected ones too, and then it is INACTIVE.
    ///
    /// The answer shows it DRAINING. Without `force` its desired count must be zero first.
    package mutating func deleteService(
        cluster: String?, service identifier: String, force: Bool, at now: Instant
    ) throws(Refusal) -> ECSService {
        guard let service = try service(identifier, cluster: cluster), service.status != .inactive else {
            throw .serviceNotFound()
        }
        guard force || service.desiredCount == 0 || service.schedulingStrategy == .daemon else {
            throw .serviceScaledAboveZero()
        }
        guard service.status == .active else { return service }
        services[service.key]?.status = .draining
        services[service.key]?.desiredCount = 0
        unsettled.counts.append(service.key)
        let reply = services[service.key] ?? service
        decide(
            .service, service.name,
            "Service \(service.name) is deleted, and \(service.tasks.count.of("task")) of it with it.", at: now)
        unsettled.services.append(service.key)
        settle(at: now)
        return reply
    }

    /// Application Auto Scaling has set the desired count, or tells with `message` that the service reached it.
    ///
    /// Without a count the desired count stays what it is by now: another policy may have changed it since.
    package mutating func serviceScaled(resourceID: String, count: Int?, message: String?, at now: Instant) {
        let parts = resourceID.split(separator: "/")
        guard parts.count == 3 else { return }
        let key = ServiceKey(cluster: String(parts[1]), service: String(parts[2]))
        guard let service = services[key], service.status == .active else { return }
        if let message { record(message, for: key, at: now) }
        guard let count, service.desiredCount != count else { return }
        // Scaling has said so already, with its reason.
        setDesiredCount(of: key, to: count, at: now)
        unsettled.services.append(key)
        settle(at: now)
    }

    private mutating func setDesiredCount(of key: ServiceKey, to count: Int, at now: Instant) {
        services[key]?.desiredCount = count
        services[key]?.isSteady = false
        services[key]?.deployments[0].desiredCount = count
        services[key]?.deployments[0].updatedAt = now
        unsettled.counts.append(key)
    }

    /// Makes the service's current revision its primary deployment.
    ///
    /// An equal rollout restarts from its beginning.
    mutating func beginDeployment(of key: ServiceKey, at now: Instant, rollingBackFrom failed: String? = nil) {
        guard let service = services[key] else { return }
        let id = random.deploymentID()
        var deployment = Deployment(
            id: id, revision: service.revision, createdAt: now, updatedAt: now, desiredCount: service.desiredCount,
            rolloutStateReason: failed == nil ? RolloutReason.inProgress(id) : RolloutReason.rollingBack(to: id))
        deployment.isRollback = failed != nil
        var older = service.deployments
        for index in older.indices {
            older[index].status = .active
            older[index].desiredCount = min(older[index].wantedCount, service.desiredCount)
        }
        services[key]?.deployments = [deployment] + older
        services[key]?.isSteady = false
        services[key]?.complaint = nil
        services[key]?.fruitlessPasses = 0
        unsettled.counts.append(key)
        decide(
            .service, key.service,
            "Service \(key.service) deploys \(service.revision.taskDefinition) as \(id) "
                + "for \(service.desiredCount.of("task")).", at: now)
    }
}

/// What a call asks for, checked and completed.
extension ECS {
    private func makeService(
        _ specification: ServiceSpecification, in cluster: Cluster, at now: Instant
    ) throws(Refusal) -> ECSService {
        let definition = try runnableTaskDefinition(specification.taskDefinition)
        let count = try desiredCount(of: specification)
        let (launchType, strategy) = try resolveLaunch(
            specification.launchType, specification.strategy, in: cluster,
            isDaemon: specification.schedulingStrategy == .daemon)
        try checkLaunch(launchType, of: definition, network: specification.network)
        try checkPlacement(specification.placementStrategies, specification.placementConstraints, definition)
        if specification.schedulingStrategy == .daemon {
            guard specification.placementStrategies.isEmpty else { throw .daemonPlacementStrategy() }
            guard launchType == .ec2 else { throw .daemonOnFargate() }
        }
        let configuration = specification.deploymentConfiguration ?? .standard(specification.schedulingStrategy)
        try check(configuration, for: specification.schedulingStrategy)
        let key = ServiceKey(cluster: cluster.name, service: specification.name)
        return ECSService(
            key: key, arn: tenancy.arn("ecs", key.resourceID),
            schedulingStrategy: specification.schedulingStrategy, desiredCount: count,
            revision: DeploymentRevision(
                taskDefinition: definition.key, launchType: launchType, strategy: strategy,
                network: specification.network, platformVersion: specification.platformVersion),
            launchTypeGiven: specification.launchType, deploymentConfiguration: configuration,
            placementStrategies: specification.placementStrategies,
            placementConstraints: specification.placementConstraints, options: specification.options, createdAt: now)
    }

    private func apply(_ update: ServiceUpdate, to service: ECSService) throws(Refusal) -> ECSService {
        var changed = service
        if let count = update.desiredCount {
            guard service.schedulingStrategy == .replica else { throw .desiredCountOfDaemon() }
            guard (0...ECSLimits.tasksPerService).contains(count) else { throw .desiredCountOutOfRange() }
            changed.desiredCount = count
        }
        if let identifier = update.taskDefinition {
            changed.revision.taskDefinition = try runnableTaskDefinition(identifier).key
        }
        if let strategy = update.strategy {
            try apply(strategy, to: &changed)
        }
        changed.revision.network = update.network ?? service.revision.network
        changed.revision.platformVersion = update.platformVersion ?? service.revision.platformVersion
        let definition = definition(changed.revision.taskDefinition)
        try checkLaunch(changed.revision.launchType, of: definition, network: changed.revision.network)
        changed.deploymentConfiguration = update.deploymentConfiguration ?? service.deploymentConfiguration
        try check(changed.deploymentConfiguration, for: service.schedulingStrategy)
        changed.placementStrategies = update.placementStrategies ?? service.placementStrategies
        changed.placementConstraints = update.placementConstraints ?? service.placementConstraints
        try checkPlacement(changed.placementStrategies, changed.placementConstraints, definition)
        changed.options.apply(update)
        return changed
    }

    /// Another strategy for a service: none means its launch type again, or the cluster's default strategy.
    private func apply(_ strategy: [CapacityProviderStrategyItem], to service: inout ECSService) throws(Refusal) {
        let cluster = try activeCluster(service.cluster)
        guard service.schedulingStrategy == .replica || strategy.isEmpty else { throw .daemonStrategy() }
        if strategy.isEmpty, service.launchTypeGiven == nil, cluster.defaultStrategy.isEmpty {
            throw .noLaunchTypeToFallBackTo()
        }
        let launchType = strategy.isEmpty ? service.launchTypeGiven : nil
        (service.revision.launchType, service.revision.strategy) = try resolveLaunch(
            launchType, strategy, in: cluster, isDaemon: service.schedulingStrategy == .daemon)
    }

    private func desiredCount(of specification: ServiceSpecification) throws(Refusal) -> Int {
        switch specification.schedulingStrategy {
        case .daemon:
            guard specification.desiredCount == nil else { throw .desiredCountOfDaemon() }
            return 0
        case .replica:
            guard let count = specification.desiredCount else { throw .desiredCountMissing() }
            guard (0...ECSLimits.tasksPerService).contains(count) else { throw .desiredCountOutOfRange() }
            return count
        }
    }

    private func check(
        _ configuration: DeploymentConfiguration, for scheduling: SchedulingStrategy
    ) throws(Refusal) {
        let (minimum, maximum) = (configuration.minimumHealthyPercent, configuration.maximumPercent)
        guard minimum >= 0, maximum >= 100 || scheduling == .daemon, maximum > 0 else {
            throw .deploymentConfigurationOutOfRange()
        }
    }

    /// How tasks reach their machines: by launch type, strategy, the cluster's default, or else on instances.
    func resolveLaunch(
        _ launchType: LaunchType?, _ strategy: [CapacityProviderStrategyItem], in cluster: Cluster, isDaemon: Bool
    ) throws(Refusal) -> (LaunchType, [CapacityProviderStrategyItem]) {
        guard launchType == nil || strategy.isEmpty else { throw .launchTypeAndStrategy() }
        if let launchType { return (launchType, []) }
        let chosen = strategy.isEmpty ? cluster.defaultStrategy : strategy.map(named)
        guard let first = chosen.first else { return (.ec2, []) }
        guard !isDaemon else { throw .daemonStrategy() }
        try checkStrategy(chosen, providers: cluster.capacityProviders)
        let kind = providers[first.provider]?.kind
        return (kind == .fargate || kind == .fargateSpot ? .fargate : .ec2, chosen)
    }

    /// Checks that tasks of the definition can be launched so.
    func checkLaunch(
        _ launchType: LaunchType, of definition: TaskDefinition, network: NetworkConfiguration?
    ) throws(Refusal) {
        let specification = definition.specification
        if launchType == .fargate, !specification.requiresCompatibilities.contains(.fargate) {
            throw .launchTypeUnsupported(.fargate)
        }
        if specification.networkMode == .awsvpc {
            guard let network else { throw .networkMissing() }
            guard !network.subnets.isEmpty else { throw .subnetsEmpty() }
        } else if network != nil {
            throw .networkUnwanted()
        }
    }

    func checkPlacement(
        _ strategies: [PlacementStrategy], _ constraints: [PlacementConstraint], _ definition: TaskDefinition
    ) throws(Refusal) {
        guard strategies.count <= ECSLimits.placementStrategies else { throw .tooManyPlacementStrategies() }
        let all = constraints.count + definition.specification.placementConstraints.count
        guard all <= ECSLimits.placementConstraints else { throw .tooManyPlacementConstraints() }
    }
}

extension ECSService {
    /// Whether both were asked for in the same words, as far as AWS compares.
    fileprivate func isSame(as other: ECSService) -> Bool {
        schedulingStrategy == other.schedulingStrategy && revision == other.revision
            && (schedulingStrategy == .daemon || desiredCount == other.desiredCount)
            && deploymentConfiguration == other.deploymentConfiguration
            && placementStrategies == other.placementStrategies && placementConstraints == other.placementConstraints
    }
}

extension ServiceOptions {
    fileprivate mutating func apply(_ update: ServiceUpdate) {
        propagatesTags = update.propagatesTags ?? propagatesTags
        enablesManagedTags = update.enablesManagedTags ?? enablesManagedTags
        enablesExecuteCommand = update.enablesExecuteCommand ?? enablesExecuteCommand
        healthCheckGracePeriodSeconds = update.healthCheckGracePeriodSeconds ?? healthCheckGracePeriodSeconds
        balancesZones = update.balancesZones ?? balancesZones
    }
}
