package import BerthKernel
import OrderedCollections

extension Capacity {
    /// Makes a capacity provider of a group.
    ///
    /// Nothing scales before it is associated with a cluster.
    ///
    /// - AWS: ECS API Reference, *CreateCapacityProvider*.
    package mutating func createProvider(
        _ specification: ProviderSpecification, at now: Instant
    ) throws(Refusal) -> CapacityProvider {
        let name = specification.name
        guard Self.isValid(providerName: name) else { throw .providerNameInvalid() }
        guard providers[name] == nil else { throw .providerExists(name) }
        let groupName = Self.groupName(specification.group)
        guard let group = groups[groupName] else { throw .providerGroupDoesNotExist(specification.group) }
        guard !providers.values.contains(where: { $0.group == groupName }) else {
            throw .providerGroupTaken(specification.group)
        }
        guard group.specification.maxSize > 0 else { throw .providerGroupHasNoRoom() }
        let provider = CapacityProvider(
            name: name, arn: tenancy.arn("ecs", "capacity-provider/\(name)"), kind: .autoScalingGroup,
            group: groupName, createdAt: now, managedScaling: specification.managedScaling ?? .disabled,
            protectsBusyInstances: specification.protectsBusyInstances,
            drainsInstances: specification.drainsInstances, tags: specification.tags)
        try check(provider)
        providers[name] = provider
        outbox.append(.providerChanged(provider.facts))
        return provider
    }

    /// Changes a provider.
    ///
    /// New scaling settings replace the policy and its alarms.
    ///
    /// - AWS: ECS API Reference, *UpdateCapacityProvider*.
    package mutating func updateProvider(
        _ update: ProviderUpdate, at now: Instant
    ) throws(Refusal) -> CapacityProvider {
        var provider = try changeableProvider(update.name)
        let old = provider.managedScaling
        provider.managedScaling = update.managedScaling ?? old
        provider.protectsBusyInstances = update.protectsBusyInstances ?? provider.protectsBusyInstances
        provider.drainsInstances = update.drainsInstances ?? provider.drainsInstances
        try check(provider)
        providers[update.name] = provider
        if provider.managedScaling != old {
            removePolicy(of: update.name)
            addPolicyIfDue(to: update.name, at: now)
        }
        outbox.append(.providerChanged(provider.facts))
        return providers[update.name] ?? provider
    }

    /// Deletes a provider that no cluster uses.
    ///
    /// Its group stays.
    ///
    /// - AWS: ECS API Reference, *DeleteCapacityProvider*.
    package mutating func deleteProvider(_ name: String, at now: Instant) throws(Refusal) -> CapacityProvider {
        let provider = try changeableProvider(name)
        guard provider.clusters.isEmpty else { throw .providerInUse() }
        providers.removeValue(forKey: name)
        outbox.append(.providerRemoved(name))
        return provider
    }

    /// A cluster begins to use a provider: with managed scaling on, ECS puts a policy and two alarms on the group.
    ///
    /// A managed provider scales for one cluster; a second association is recorded and scales nothing.
    ///
    /// - AWS: ECS Developer Guide, *Automatically manage Amazon ECS capacity with cluster auto scaling*.
    package mutating func associate(provider name: String, cluster: String, at now: Instant) {
        guard let provider = providers[name], !provider.clusters.contains(cluster) else { return }
        providers[name]?.clusters.append(cluster)
        if let policy = provider.policy {
            decide(
                .capacity, name,
                "Capacity provider \(name) keeps scaling for cluster \(policy.cluster) alone: managed scaling serves "
                    + "one cluster, and \(cluster) is another.", at: now)
        }
        addPolicyIfDue(to: name, at: now)
    }

    /// A cluster no longer uses a provider.
    ///
    /// Its instances stay; nothing sizes their group any more.
    package mutating func dissociate(provider name: String, cluster: String, at now: Instant) {
        guard let provider = providers[name] else { return }
        providers[name]?.clusters.removeAll { $0 == cluster }
        guard provider.policy?.cluster == cluster else { return }
        removePolicy(of: name)
        addPolicyIfDue(to: name, at: now)
    }

    /// The name in a group's ARN, or the text itself: the API takes both.
    package static func groupName(_ arnOrName: String) -> String {
        guard let range = arnOrName.ranges(of: "autoScalingGroupName/").last else { return arnOrName }
        return String(arnOrName[range.upperBound...])
    }

    private mutating func addPolicyIfDue(to name: String, at now: Instant) {
        guard let provider = providers[name], provider.policy == nil, provider.managedScaling.isEnabled,
            let cluster = provider.clusters.first, let groupName = provider.group
        else { return }
        let id = UniqueID(from: &streams.others)
        let policyName = "ECSManagedAutoScalingPolicy-\(id.uuid)"
        let resource =
            "scalingPolicy:\(UniqueID(from: &streams.others).uuid):autoScalingGroupName/\(groupName):"
            + "policyName/\(policyName)"
        let due = now.floored(to: pace.minute) + pace.minute
        let policy = ManagedPolicy(
            id: id, name: policyName, arn: tenancy.arn("autoscaling", resource), cluster: cluster,
            highAlarm: "TargetTracking-\(groupName)-AlarmHigh-\(UniqueID(from: &streams.others).uuid)",
            lowAlarm: "TargetTracking-\(groupName)-AlarmLow-\(UniqueID(from: &streams.others).uuid)",
            nextReservation: due)
        providers[name]?.policy = policy
        agenda.add(.reservation(provider: name), at: due)
        tagAsManaged(groupName)
        for isHigh in [true, false] {
            outbox.append(.alarmWanted(alarm(isHigh: isHigh, for: provider, policy: policy)))
        }
    }

    private mutating func removePolicy(of name: String) {
        guard let policy = providers[name]?.policy else { return }
        providers[name]?.policy = nil
        providers[name]?.reservation = nil
        providers[name]?.lastComplaint = nil
        outbox.append(.alarmUnwanted(policy.highAlarm))
        outbox.append(.alarmUnwanted(policy.lowAlarm))
    }

    private mutating func tagAsManaged(_ group: String) {
        let key = "AmazonECSManaged"
        guard groups[group]?.specification.tags.contains(where: { $0.key == key }) == false else { return }
        groups[group]?.specification.tags.append(GroupTag(key: key, value: ""))
    }

    private func alarm(isHigh: Bool, for provider: CapacityProvider, policy: ManagedPolicy) -> AlarmDefinition {
        var alarm = AlarmDefinition(
            name: isHigh ? policy.highAlarm : policy.lowAlarm,
            metric: Self.reservationMetric(provider: provider.name, cluster: policy.cluster), statistic: "Average",
            period: .seconds(60), evaluationPeriods: isHigh ? 1 : CapacityLimits.lowAlarmPeriods,
            threshold: Double(provider.managedScaling.targetCapacity),
            comparison: isHigh ? .greaterThanThreshold : .lessThanThreshold)
        alarm.summary = "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy \(policy.arn)."
        alarm.alarmActions = [policy.arn]
        return alarm
    }

    private func changeableProvider(_ name: String) throws(Refusal) -> CapacityProvider {
        guard let provider = providers[name] else { throw .providerDoesNotExist() }
        guard provider.kind == .autoScalingGroup else { throw .providerIsFixed(name) }
        return provider
    }

    private func check(_ provider: CapacityProvider) throws(Refusal) {
        let scaling = provider.managedScaling
        let fields = [
            ("targetCapacity", scaling.targetCapacity, CapacityLimits.targetCapacity),
            ("minimumScalingStepSize", scaling.minimumStep, CapacityLimits.stepSize),
            ("maximumScalingStepSize", scaling.maximumStep, CapacityLimits.stepSize),
            ("instanceWarmupPeriod", scaling.warmup, CapacityLimits.warmup),
        ]
        for (field, value, range) in fields where !range.contains(value) {
            throw .managedScalingOutside(field, range)
        }
        guard provider.protectsBusyInstances else { return }
        let isGroupProtected = provider.group.flatMap { groups[$0] }?.specification.newInstancesProtected == true
        guard scaling.isEnabled, isGroupProtected else { throw .terminationProtectionInvalid() }
    }

    private static func isValid(providerName name: String) -> Bool {
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        let lowercased = name.lowercased()
        return isAllowed && CapacityLimits.providerNameLength.contains(name.utf8.count)
            && !["aws", "ecs", "fargate"].contains { lowercased.hasPrefix($0) }
    }
}
