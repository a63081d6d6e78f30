import BerthECS
import BerthKernel
import BerthScaling
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::ApplicationAutoScaling::ScalableTarget*. `Ref` gives
    ///   `RESOURCEID|DIMENSION|NAMESPACE`.
    static let scalableTarget = ResourceType(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        properties: [
            "ServiceNamespace": .modelled, "ResourceId": .modelled, "ScalableDimension": .modelled,
            "MinCapacity": .modelled, "MaxCapacity": .modelled, "SuspendedState": .modelled,
            "ScheduledActions": .notSupported, "RoleARN": .recorded,
        ],
        attributes: ["Id"],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            let key = TargetKey(
                serviceNamespace: try properties.string("ServiceNamespace") ?? "",
                resourceID: try properties.string("ResourceId") ?? "",
                dimension: try properties.string("ScalableDimension") ?? "")
            if world.scaling.targets[key] != nil { throw action.alreadyExists("Id", key.cloudFormationID) }
            try world.registerTarget(
                TargetRegistration(
                    key: key, minimum: try properties.int("MinCapacity"), maximum: try properties.int("MaxCapacity"),
                    roleARN: try properties.string("RoleARN"), suspended: try suspendedState(properties)))
            return .complete(
                physicalID: key.cloudFormationID, attributes: ["Id": .string(key.cloudFormationID)])
        },
        delete: { id, _, world throws(Refusal) in
            guard let key = TargetKey(cloudFormationID: id), world.scaling.targets[key] != nil else { return .done }
            try world.scaling.deregisterTarget(key, at: world.now)
            return .done
        })

    /// - AWS: CloudFormation User Guide, *AWS::ApplicationAutoScaling::ScalingPolicy*. `Ref` gives the ARN.
    static let scalingPolicy = ResourceType(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        properties: [
            "PolicyName": .modelled, "PolicyType": .modelled, "ScalingTargetId": .modelled,
            "ServiceNamespace": .modelled, "ResourceId": .modelled, "ScalableDimension": .modelled,
            "StepScalingPolicyConfiguration": .modelled, "TargetTrackingScalingPolicyConfiguration": .modelled,
            "PredictiveScalingPolicyConfiguration": .notSupported,
        ],
        attributes: ["Arn"],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            let reply = try world.scaling.putPolicy(
                PolicySpecification(
                    name: try properties.required("PolicyName", try properties.string("PolicyName")),
                    key: try policyKey(properties), configuration: try configuration(properties)),
                at: world.now)
            return .complete(physicalID: reply.arn, attributes: ["Arn": .string(reply.arn)])
        },
        delete: { arn, _, world throws(Refusal) in
            guard let policy = world.scaling.policies.values.first(where: { $0.arn == arn }) else { return .done }
            try world.scaling.deletePolicy(name: policy.name, of: policy.key, at: world.now)
            return .done
        })

    private static func suspendedState(_ properties: ResourceProperties) throws(Refusal) -> SuspendedState? {
        guard let state = try properties.map("SuspendedState") else { return nil }
        return SuspendedState(
            dynamicScalingIn: try state.bool("DynamicScalingInSuspended") ?? false,
            dynamicScalingOut: try state.bool("DynamicScalingOutSuspended") ?? false,
            scheduledScaling: try state.bool("ScheduledScalingSuspended") ?? false)
    }

    private static func policyKey(_ properties: ResourceProperties) throws(Refusal) -> TargetKey {
        if let id = try properties.string("ScalingTargetId") {
            guard let key = TargetKey(cloudFormationID: id) else {
                throw properties.invalid("ScalingTargetId", "\(id) names no scalable target")
            }
            return key
        }
        return TargetKey(
            serviceNamespace: try properties.string("ServiceNamespace") ?? "",
            resourceID: try properties.string("ResourceId") ?? "",
            dimension: try properties.string("ScalableDimension") ?? "")
    }

    private static func configuration(
        _ properties: ResourceProperties
    ) throws(Refusal) -> PolicySpecification.Configuration {
        if let step = try properties.map("StepScalingPolicyConfiguration") { return .step(try stepScaling(step)) }
        let tracking = try properties.map("TargetTrackingScalingPolicyConfiguration")
        return .targetTracking(
            try targetTracking(try properties.required("TargetTrackingScalingPolicyConfiguration", tracking)))
    }

    private static func stepScaling(_ properties: ResourceProperties) throws(Refusal) -> StepScaling {
        var steps: [StepScaling.Step] = []
        for step in try properties.maps("StepAdjustments") ?? [] {
            steps.append(
                StepScaling.Step(
                    lower: try step.double("MetricIntervalLowerBound"),
                    upper: try step.double("MetricIntervalUpperBound"),
                    adjustment: try step.required("ScalingAdjustment", try step.int("ScalingAdjustment"))))
        }
        return StepScaling(
            adjustmentType: try properties.string("AdjustmentType").flatMap(StepScaling.AdjustmentType.init),
            steps: steps, cooldown: try properties.int("Cooldown"),
            aggregation: try properties.string("MetricAggregationType").flatMap(StepScaling.Aggregation.init),
            minimumMagnitude: try properties.int("MinAdjustmentMagnitude"))
    }

    private static func targetTracking(_ properties: ResourceProperties) throws(Refusal) -> TargetTracking {
        TargetTracking(
            target: try properties.required("TargetValue", try properties.double("TargetValue")),
            metric: try trackedMetric(properties), scaleOutCooldown: try properties.int("ScaleOutCooldown"),
            scaleInCooldown: try properties.int("ScaleInCooldown"),
            disablesScaleIn: try properties.bool("DisableScaleIn") ?? false)
    }

    private static func trackedMetric(_ properties: ResourceProperties) throws(Refusal) -> TargetTracking.Metric {
        if let predefined = try properties.map("PredefinedMetricSpecification") {
            return .predefined(
                try predefined.string("PredefinedMetricType") ?? "",
                resourceLabel: try predefined.string("ResourceLabel"))
        }
        let custom = try properties.required(
            "CustomizedMetricSpecification", try properties.map("CustomizedMetricSpecification"))
        if let queries = try custom.maps("Metrics") { return .expression(try metricQueries(queries, period: 60)) }
        return .customized(
            try metricIdentity(custom), statistic: try custom.string("Statistic") ?? "Average",
            unit: try custom.string("Unit"))
    }
}

extension World {
    /// Registers a scalable target of a service that exists, and tells scaling how many tasks it has.
    mutating func registerTarget(_ registration: TargetRegistration) throws(Refusal) {
        if let (cluster, name) = registration.key.service {
            let service = ecs.services[.init(cluster: cluster, service: name)]
            scaling.observe(
                resourceID: registration.key.resourceID, ServiceFacts(service), at: now)
        }
        try scaling.registerTarget(registration, at: now)
    }
}

extension TargetKey {
    /// `service/CLUSTER/NAME|ecs:service:DesiredCount|ecs`: how CloudFormation refers to a scalable target.
    fileprivate var cloudFormationID: String { "\(resourceID)|\(dimension)|\(serviceNamespace)" }

    fileprivate init?(cloudFormationID: String) {
        let parts = cloudFormationID.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(serviceNamespace: parts[2], resourceID: parts[0], dimension: parts[1])
    }
}
