import BerthKernel
import BerthProtocols
import BerthStacks
import BerthWorld

enum DescribeStackResource: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "DescribeStackResource"

    struct Input: Decodable, Sendable {
        let StackName: String
        let LogicalResourceId: String
    }

    struct Detail: Encodable, Sendable {
        let StackName: String
        let StackId: String
        let LogicalResourceId: String
        let PhysicalResourceId: String?
        let ResourceType: String
        let LastUpdatedTimestamp: Instant
        let ResourceStatus: String?
        let ResourceStatusReason: String?
        let Metadata = "{}"
        let DriftInformation = ResourceDriftShape()
    }

    struct Output: Encodable, Sendable {
        let StackResourceDetail: Detail
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let resource = try world.stacks.resource(input.LogicalResourceId, of: input.StackName)
        let stack = try world.stacks.describe(input.StackName)
        return Output(
            StackResourceDetail: Detail(
                StackName: stack.name, StackId: stack.arn, LogicalResourceId: resource.logicalID,
                PhysicalResourceId: resource.physicalID, ResourceType: resource.type,
                LastUpdatedTimestamp: resource.updatedAt, ResourceStatus: resource.status?.rawValue,
                ResourceStatusReason: resource.statusReason))
    }
}
