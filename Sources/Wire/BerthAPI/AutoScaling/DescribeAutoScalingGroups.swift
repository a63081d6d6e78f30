import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeAutoScalingGroups: ReadOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "DescribeAutoScalingGroups"

    struct Filter: Decodable, Sendable {
        let Name: String
        let Values: [String]?
    }

    struct Input: Decodable, Sendable {
        let AutoScalingGroupNames: [String]?
        let IncludeInstances: Bool?
        let NextToken: String?
        let MaxRecords: Int?
        let Filters: [Filter]?
    }

    struct Output: Encodable, Sendable {
        let AutoScalingGroups: [GroupShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let capacity = world.capacity
        let names = input.AutoScalingGroupNames.orEmpty.map(Capacity.groupName)
        let groups = capacity.groups.values.filter { group in
            (names.isEmpty || names.contains(group.name)) && input.Filters.orEmpty.allSatisfy { $0.holds(for: group) }
        }
        let page = try Page(
            groups, after: input.NextToken, limit: min(input.MaxRecords ?? 50, 100), invalid: .invalidGroupToken,
            key: \.name)
        return Output(
            AutoScalingGroups: page.elements.map {
                GroupShape($0, in: capacity, includesInstances: input.IncludeInstances ?? true)
            },
            NextToken: page.nextToken)
    }
}

extension DescribeAutoScalingGroups.Filter {
    /// `tag-key`, `tag-value`, or `tag:KEY` with values of that tag.
    fileprivate func holds(for group: AutoScalingGroup) -> Bool {
        let values = Values.orEmpty
        return group.specification.tags.contains { tag in
            switch Name {
            case "tag-key": values.contains(tag.key)
            case "tag-value": values.contains(tag.value)
            default: Name == "tag:\(tag.key)" && values.contains(tag.value)
            }
        }
    }
}
