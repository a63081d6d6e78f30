import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

/// EC2 Auto Scaling's DescribeScalingActivities; Application Auto Scaling has one of the same name.
enum DescribeGroupScalingActivities: ReadOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "DescribeScalingActivities"

    struct Input: Decodable, Sendable {
        let ActivityIds: [String]?
        let AutoScalingGroupName: String?
        let MaxRecords: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        let Activities: [GroupActivityShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let capacity = world.capacity
        let ids = input.ActivityIds.orEmpty
        let wanted = input.AutoScalingGroupName.map(Capacity.groupName)
        let activities = capacity.groups.keys.filter { wanted == nil || wanted == $0 }
            .flatMap { capacity.activities(of: $0) }
            .filter { ids.isEmpty || ids.contains($0.id.uuid) }
            .sorted { $0.startedAt > $1.startedAt }
        let page = try Page(
            activities, after: input.NextToken, limit: min(input.MaxRecords ?? 100, 100),
            invalid: .invalidGroupToken, key: \.id.uuid)
        return Output(
            Activities: page.elements.map { GroupActivityShape($0, in: capacity) }, NextToken: page.nextToken)
    }
}
