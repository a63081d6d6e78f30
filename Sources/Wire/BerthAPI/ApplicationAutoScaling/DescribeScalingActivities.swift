import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld
import OrderedCollections

enum DescribeScalingActivities: ReadOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DescribeScalingActivities"

    struct Input: Decodable, Sendable, TargetFilter {
        let ServiceNamespace: String
        let ResourceId: String?
        let ScalableDimension: String?
        let MaxResults: Int?
        let NextToken: String?
        let IncludeNotScaledActivities: Bool?
    }

    struct NotScaledReason: Encodable, Sendable {
        let Code: String
        let MaxCapacity: Int?
        let MinCapacity: Int?
        let CurrentCapacity: Int?
    }

    struct Activity: Encodable, Sendable {
        let ActivityId: String
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
        let Description: String
        let Cause: String
        let StartTime: Instant
        let EndTime: Instant?
        let StatusCode: String
        let StatusMessage: String?
        let NotScaledReasons: [NotScaledReason]?
    }

    struct Output: Encodable, Sendable {
        let ScalingActivities: [Activity]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let scaling = world.scaling
        let includesNotScaled = input.IncludeNotScaledActivities ?? false
        let activities = scaling.targets.keys.filter(input.asksFor)
            .flatMap { scaling.activities(of: $0, includingNotScaled: includesNotScaled) }
            .sorted { $0.startedAt > $1.startedAt }
        let page = try Page(
            activities, after: input.NextToken, limit: min(input.MaxResults ?? 50, 50),
            invalid: .invalidScalingToken, key: \.id.uuid)
        return Output(ScalingActivities: page.elements.map(Activity.init), NextToken: page.nextToken)
    }
}

extension DescribeScalingActivities.Activity {
    fileprivate init(_ activity: ScalingActivity) {
        ActivityId = activity.id.uuid
        ServiceNamespace = activity.key.serviceNamespace
        ResourceId = activity.key.resourceID
        ScalableDimension = activity.key.dimension
        Description = activity.description
        Cause = activity.cause
        StartTime = activity.startedAt
        EndTime = activity.endedAt
        StatusCode = activity.status.rawValue
        StatusMessage = activity.statusMessage
        let reasons = activity.notScaledReasons.map { reason in
            DescribeScalingActivities.NotScaledReason(
                Code: reason.code, MaxCapacity: reason.maximum, MinCapacity: reason.minimum,
                CurrentCapacity: reason.current)
        }
        NotScaledReasons = reasons.isEmpty ? nil : reasons
    }
}
