import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeAutoScalingInstances: ReadOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "DescribeAutoScalingInstances"

    struct Input: Decodable, Sendable {
        let InstanceIds: [String]?
        let MaxRecords: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        let AutoScalingInstances: [GroupInstanceShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let capacity = world.capacity
        let ids = input.InstanceIds.orEmpty
        let instances = capacity.groups.values.flatMap(\.members).filter { ids.isEmpty || ids.contains("\($0)") }
            .compactMap { capacity.instances[$0] }
        let page = try Page(
            instances, after: input.NextToken, limit: min(input.MaxRecords ?? 50, 50), invalid: .invalidGroupToken,
            key: \.id.description)
        return Output(
            AutoScalingInstances: page.elements.map { GroupInstanceShape(withGroup: $0, in: capacity) },
            NextToken: page.nextToken)
    }
}
