import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthScaling
import BerthWorld
import OrderedCollections

enum DescribeScalingPolicies: ReadOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DescribeScalingPolicies"

    struct Input: Decodable, Sendable, TargetFilter {
        let PolicyNames: [String]?
        let ServiceNamespace: String
        let ResourceId: String?
        let ScalableDimension: String?
        let MaxResults: Int?
        let NextToken: String?
    }

    struct Policy: Encodable, Sendable {
        let PolicyARN: String
        let PolicyName: String
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
        let PolicyType: String
        let StepScalingPolicyConfiguration: StepScalingShape?
        let TargetTrackingScalingPolicyConfiguration: TargetTrackingShape?
        let Alarms: [PolicyAlarmShape]
        let CreationTime: Instant
    }

    struct Output: Encodable, Sendable {
        let ScalingPolicies: [Policy]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let names = input.PolicyNames.orEmpty
        let policies = world.scaling.policies.values.filter { policy in
            input.asksFor(policy.key) && (names.isEmpty || names.contains(policy.name) || names.contains(policy.arn))
        }
        let page = try Page(
            policies, after: input.NextToken, limit: input.MaxResults ?? 50, invalid: .invalidScalingToken, key: \.arn)
        let alarms = world.metrics.alarms
        return Output(
            ScalingPolicies: page.elements.map { policy in
                // A step policy's alarms are its user's own: those that name it as an action.
                let callers = alarms.values.filter { alarm in
                    let definition = alarm.definition
                    return [definition.alarmActions, definition.okActions, definition.insufficientDataActions]
                        .contains { $0.contains(policy.arn) }
                }
                let own = policy.alarms.map(PolicyAlarmShape.init)
                return Policy(
                    policy,
                    alarms: own.isEmpty ? callers.map { .init(name: $0.definition.name, arn: $0.arn) } : own)
            },
            NextToken: page.nextToken)
    }
}

extension DescribeScalingPolicies.Policy {
    fileprivate init(_ policy: ScalingPolicy, alarms: [PolicyAlarmShape]) {
        PolicyARN = policy.arn
        PolicyName = policy.name
        ServiceNamespace = policy.key.serviceNamespace
        ResourceId = policy.key.resourceID
        ScalableDimension = policy.key.dimension
        CreationTime = policy.createdAt
        Alarms = alarms
        switch policy.configuration {
        case .step(let step):
            PolicyType = "StepScaling"
            StepScalingPolicyConfiguration = StepScalingShape(step)
            TargetTrackingScalingPolicyConfiguration = nil
        case .targetTracking(let tracking):
            PolicyType = "TargetTrackingScaling"
            StepScalingPolicyConfiguration = nil
            TargetTrackingScalingPolicyConfiguration = TargetTrackingShape(tracking)
        }
    }
}
