import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld
import OrderedCollections

enum DescribeScheduledActions: ReadOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DescribeScheduledActions"

    struct Input: Decodable, Sendable, TargetFilter {
        let ScheduledActionNames: [String]?
        let ServiceNamespace: String
        let ResourceId: String?
        let ScalableDimension: String?
        let MaxResults: Int?
        let NextToken: String?
    }

    struct Action: Encodable, Sendable {
        let ScheduledActionName: String
        let ScheduledActionARN: String
        let ServiceNamespace: String
        let Schedule: String
        let Timezone: String?
        let ResourceId: String
        let ScalableDimension: String
        let StartTime: Instant?
        let EndTime: Instant?
        let ScalableTargetAction: ScalableTargetActionShape
        let CreationTime: Instant
    }

    struct Output: Encodable, Sendable {
        let ScheduledActions: [Action]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let names = input.ScheduledActionNames.orEmpty
        let actions = world.scaling.scheduledActions.values.filter { action in
            input.asksFor(action.key) && (names.isEmpty || names.contains(action.name) || names.contains(action.arn))
        }
        let page = try Page(
            actions, after: input.NextToken, limit: input.MaxResults ?? 50, invalid: .invalidScalingToken, key: \.arn)
        return Output(ScheduledActions: page.elements.map(action), NextToken: page.nextToken)
    }

    private static func action(_ action: ScheduledAction) -> Action {
        Action(
            ScheduledActionName: action.name, ScheduledActionARN: action.arn,
            ServiceNamespace: action.key.serviceNamespace, Schedule: action.expression, Timezone: action.timezone,
            ResourceId: action.key.resourceID, ScalableDimension: action.key.dimension, StartTime: action.start,
            EndTime: action.end,
            ScalableTargetAction: ScalableTargetActionShape(
                MinCapacity: action.minimum, MaxCapacity: action.maximum),
            CreationTime: action.createdAt)
    }
}

struct ScalableTargetActionShape: Codable, Sendable {
    let MinCapacity: Int?
    let MaxCapacity: Int?
}
