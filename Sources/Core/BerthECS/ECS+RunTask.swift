package import BerthKernel
import BerthPlacement
import OrderedCollections

extension ECS {
    /// Runs standalone tasks.
    ///
    /// Those without room wait in PROVISIONING if their provider scales itself, and otherwise are failures of a
    /// call that succeeds.
    ///
    /// - AWS: ECS API Reference, *RunTask* (reference, ECS 1.6).
    package mutating func runTask(_ request: RunTaskRequest, at now: Instant) throws(Refusal) -> RunTaskReply {
        let cluster = try activeCluster(request.cluster)
        guard ECSLimits.tasksPerRun.contains(request.count) else { throw .taskCountOutOfRange() }
        let definition = try runnableTaskDefinition(request.taskDefinition)
        let (launchType, strategy) = try resolveLaunch(
            request.launchType, request.strategy, in: cluster, isDaemon: false)
        try check(request, definition, launchType)
        var draft = TaskDraft(
            cluster: cluster, definition: definition, group: request.group ?? "family:\(definition.key.family)",
            startedBy: request.startedBy, launchType: launchType,
            placement: TaskPlacement(
                strategies: request.placementStrategies.isEmpty
                    ? PlacementStrategy.taskDefault : request.placementStrategies,
                constraints: definition.specification.placementConstraints + request.placementConstraints,
                network: request.network),
            overrides: request.overrides,
            tags: request.propagatesTags == .taskDefinition
                ? definition.specification.tags + request.tags : request.tags)
        if strategy.isEmpty, launchType == .ec2, !hasInstances(cluster.name) { throw .noContainerInstances() }
        try checkProvisioningLimit(request, strategy)

        var started: [TaskID] = []
        var failures: [Failure] = []
        var counts: [String: Int] = [:]
        for _ in 0..<request.count {
            draft.provider = decideProvider(of: strategy) { counts[$0, default: 0] }?.provider
            if let provider = draft.provider { counts[provider, default: 0] += 1 }
            let (task, refused) = launch(draft, at: now)
            if let task { started.append(task) }
            failures += refused
        }
        settle(at: now)
        return RunTaskReply(tasks: started.compactMap { tasks[$0] }, failures: failures)
    }

    /// Stops a task.
    ///
    /// Tasks that stop or have stopped are returned as they are.
    ///
    /// - AWS: ECS API Reference, *StopTask*.
    package mutating func stopTask(
        cluster: String?, task identifier: String, reason: String?, at now: Instant
    ) throws(Refusal) -> ECSTask {
        guard let task = try task(identifier, cluster: cluster) else { throw .taskNotFound() }
        stop(task.id, .userInitiated, reason ?? "Task stopped by user", at: now)
        settle(at: now)
        return tasks[task.id] ?? task
    }

    /// Tasks that wait for an instance of the provider, by what they need (reference, ECS 1.2.1).
    package func demand(provider: String) -> [DemandGroup] {
        var groups: [DemandGroup] = []
        for id in waiting {
            guard let task = tasks[id], task.capacityProvider == provider else { continue }
            let isDistinct = task.placement.constraints.contains(.distinctInstance)
            if let index = groups.firstIndex(where: { $0.needs == task.needs && $0.isDistinct == isDistinct }) {
                groups[index] = DemandGroup(
                    needs: task.needs, count: groups[index].count + 1, isDistinct: isDistinct)
            } else {
                groups.append(DemandGroup(needs: task.needs, count: 1, isDistinct: isDistinct))
            }
        }
        return groups
    }

    /// Launches a task the way its draft asks for; failures say which instances would not have it.
    private mutating func launch(_ draft: TaskDraft, at now: Instant) -> (task: TaskID?, failures: [Failure]) {
        switch draft.route({ providers[$0] }) {
        case .fargate:
            let id = addTask(draft, at: now)
            provisionOnFargate(id, at: now)
            return (id, [])
        case .instanceEventually:
            let id = addTask(draft, at: now)
            awaitInstance(id, at: now)
            return (id, [])
        case .instanceNow:
            let (id, outcome) = placeNow(draft, at: now)
            guard id == nil else { return (id, []) }
            let failures = outcome.verdicts.map { verdict in
                Failure(arn: instances[verdict.instance]?.arn, reason: verdict.reason.failureReason)
            }
            let empty = Failure(
                arn: draft.provider.map { tenancy.arn("ecs", "capacity-provider/\($0)") },
                reason: "EMPTY CAPACITY PROVIDER")
            return (nil, failures.isEmpty ? [empty] : failures)
        }
    }

    private func check(
        _ request: RunTaskRequest, _ definition: TaskDefinition, _ launchType: LaunchType
    ) throws(Refusal) {
        try checkLaunch(launchType, of: definition, network: request.network)
        try checkPlacement(request.placementStrategies, request.placementConstraints, definition)
        for override in request.overrides.containers {
            guard definition.specification.containers.contains(where: { $0.name == override.name }) else {
                throw .overrideOfUnknownContainer(override.name)
            }
        }
    }

    private func checkProvisioningLimit(
        _ request: RunTaskRequest, _ strategy: [CapacityProviderStrategyItem]
    ) throws(Refusal) {
        guard strategy.contains(where: { providers[$0.provider]?.waitsForInstances == true }) else { return }
        let cluster = clusterName(request.cluster)
        guard waitingCount(in: cluster) + request.count <= ECSLimits.provisioningTasksPerCluster else {
            throw .provisioningLimit()
        }
    }

    private func hasInstances(_ cluster: String) -> Bool {
        instances.values.contains { $0.facts.cluster == cluster }
    }

    /// Tasks of the cluster in PROVISIONING that look for an instance.
    func waitingCount(in cluster: String) -> Int {
        waiting.count { tasks[$0]?.cluster == cluster }
    }
}

extension ProviderFacts {
    /// Whether its tasks wait in PROVISIONING until an instance has room.
    var waitsForInstances: Bool {
        scalesItself && (kind == .autoScalingGroup || kind == .managedInstances)
    }
}
