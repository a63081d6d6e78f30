package import BerthKernel
import OrderedCollections

extension Scaling {
    /// Creates a policy or replaces its configuration, which keeps the ARN.
    ///
    /// A target tracking policy asks for new alarms each time, under new names (C.7).
    package mutating func putPolicy(
        _ specification: PolicySpecification, at now: Instant
    ) throws(Refusal) -> PutPolicyReply {
        let key = specification.key
        try PolicyValidation.check(specification)
        guard targets[key] != nil else { throw .targetNotRegistered(key) }
        let old = policy(named: specification.name, of: key)
        if old == nil, policies.values.count(where: { $0.key == key }) >= ScalingLimits.policiesPerTarget {
            throw .tooMany("scaling policies", ScalingLimits.policiesPerTarget)
        }
        let arn =
            old?.arn
            ?? tenancy.arn(
                "autoscaling",
                "scalingPolicy:\(UniqueID(from: &policyIDs).uuid):resource/ecs/\(key.resourceID)"
                    + ":policyName/\(specification.name)")
        for alarm in old?.alarms ?? [] { outbox.append(.alarmUnwanted(alarm.name)) }
        var alarms: [ScalingPolicy.Alarm] = []
        if case .targetTracking(let tracking) = specification.configuration {
            for definition in trackingAlarms(of: tracking, key: key, policyARN: arn) {
                alarms.append(
                    ScalingPolicy.Alarm(
                        name: definition.name, arn: tenancy.arn("cloudwatch", "alarm:\(definition.name)")))
                outbox.append(.alarmWanted(definition))
            }
        }
        policies[arn] = ScalingPolicy(
            name: specification.name, key: key, arn: arn, createdAt: old?.createdAt ?? now,
            configuration: specification.configuration, alarms: alarms)
        return PutPolicyReply(arn: arn, alarms: alarms)
    }

    /// Deletes a policy.
    ///
    /// Alarms of target tracking go with it; a step policy's stay (C.2).
    package mutating func deletePolicy(
        name: String, of key: TargetKey, at now: Instant
    ) throws(Refusal) {
        guard let policy = policy(named: name, of: key) else { throw .policyNotFound(key, name) }
        remove(policy)
    }

    /// The policy of that name on that target.
    package func policy(named name: String, of key: TargetKey) -> ScalingPolicy? {
        policies.values.first { $0.key == key && $0.name == name }
    }

    mutating func remove(_ policy: ScalingPolicy) {
        for alarm in policy.alarms { outbox.append(.alarmUnwanted(alarm.name)) }
        policies[policy.arn] = nil
        targets[policy.key]?.proposals.removeAll { $0.policyARN == policy.arn }
    }

    /// The high alarm and, unless scale-in is off, the low one, exactly as AWS names and sets them (C.7).
    private mutating func trackingAlarms(
        of tracking: TargetTracking, key: TargetKey, policyARN: String
    ) -> [AlarmDefinition] {
        let creator = "\(policyARN):createdBy/\(UniqueID(from: &alarmIDs).uuid)"
        let high = alarm("High", of: tracking, key: key, creator: creator)
        return tracking.disablesScaleIn ? [high] : [high, alarm("Low", of: tracking, key: key, creator: creator)]
    }

    private mutating func alarm(
        _ side: String, of tracking: TargetTracking, key: TargetKey, creator: String
    ) -> AlarmDefinition {
        let isHigh = side == "High"
        var definition = AlarmDefinition(
            name: "TargetTracking-\(key.resourceID)-Alarm\(side)-\(UniqueID(from: &alarmIDs).uuid)",
            queries: tracking.queries(for: key) ?? [], period: ScalingLimits.alarmPeriod,
            evaluationPeriods: isHigh ? ScalingLimits.highAlarmPeriods : ScalingLimits.lowAlarmPeriods,
            threshold: isHigh ? tracking.target : tracking.target * ScalingLimits.lowAlarmShare,
            comparison: isHigh ? .greaterThanThreshold : .lessThanThreshold)
        definition.summary = "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy \(creator)."
        definition.alarmActions = [creator]
        definition.missingData = .missing
        return definition
    }
}
