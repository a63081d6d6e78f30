import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribePolicies: ReadOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "DescribePolicies"
    static let note = "The policies that ECS puts on groups of capacity providers; there are no others."

    struct Input: Decodable, Sendable {
        let AutoScalingGroupName: String?
        let PolicyNames: [String]?
        let PolicyTypes: [String]?
        let NextToken: String?
        let MaxRecords: Int?
    }

    struct CustomizedMetric: Encodable, Sendable {
        let MetricName = "CapacityProviderReservation"
        let Namespace = "AWS/ECS/ManagedScaling"
        let Dimensions: [DimensionShape]
        let Statistic = "Average"
    }

    struct TargetTracking: Encodable, Sendable {
        let CustomizedMetricSpecification: CustomizedMetric
        let TargetValue: Double
        let DisableScaleIn = false
    }

    struct Policy: Encodable, Sendable {
        let AutoScalingGroupName: String
        let PolicyName: String
        let PolicyARN: String
        let PolicyType = "TargetTrackingScaling"
        let StepAdjustments: [EmptyShape] = []
        let EstimatedInstanceWarmup: Int
        let Alarms: [PolicyAlarmShape]
        let TargetTrackingConfiguration: TargetTracking
        let Enabled = true
    }

    struct Output: Encodable, Sendable {
        let ScalingPolicies: [Policy]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let tenancy = world.capacity.tenancy
        let policies = world.capacity.providers.values.compactMap { policy(of: $0, tenancy) }
            .filter { input.asksFor($0) }
        let page = try Page(
            policies, after: input.NextToken, limit: min(input.MaxRecords ?? 50, 100), invalid: .invalidGroupToken,
            key: \.PolicyARN)
        return Output(ScalingPolicies: page.elements, NextToken: page.nextToken)
    }

    private static func policy(of provider: CapacityProvider, _ tenancy: Tenancy) -> Policy? {
        guard let policy = provider.policy, let group = provider.group else { return nil }
        let dimensions = [("CapacityProviderName", provider.name), ("ClusterName", policy.cluster)]
        return Policy(
            AutoScalingGroupName: group, PolicyName: policy.name, PolicyARN: policy.arn,
            EstimatedInstanceWarmup: provider.managedScaling.warmup,
            Alarms: [policy.highAlarm, policy.lowAlarm].map {
                PolicyAlarmShape(name: $0, arn: tenancy.arn("cloudwatch", "alarm:\($0)"))
            },
            TargetTrackingConfiguration: TargetTracking(
                CustomizedMetricSpecification: CustomizedMetric(
                    Dimensions: dimensions.map { DimensionShape(.init(name: $0.0, value: $0.1)) }),
                TargetValue: Double(provider.managedScaling.targetCapacity)))
    }
}

extension DescribePolicies.Input {
    fileprivate func asksFor(_ policy: DescribePolicies.Policy) -> Bool {
        let (names, types) = (PolicyNames.orEmpty, PolicyTypes.orEmpty)
        return (AutoScalingGroupName.map { Capacity.groupName($0) == policy.AutoScalingGroupName } ?? true)
            && (names.isEmpty || names.contains(policy.PolicyName) || names.contains(policy.PolicyARN))
            && (types.isEmpty || types.contains(policy.PolicyType))
    }
}
