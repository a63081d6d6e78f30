import BerthKernel
import BerthProtocols
import BerthStacks
import BerthWorld

enum ListStackResources: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "ListStackResources"

    struct Input: Decodable, Sendable {
        let StackName: String
        let NextToken: String?
    }

    struct Summary: Encodable, Sendable {
        let LogicalResourceId: String
        let PhysicalResourceId: String?
        let ResourceType: String
        let LastUpdatedTimestamp: Instant
        let ResourceStatus: String?
        let ResourceStatusReason: String?
        let DriftInformation = ResourceDriftShape()
    }

    struct Output: Encodable, Sendable {
        let StackResourceSummaries: [Summary]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let page = try Page(
            world.stacks.resources(of: input.StackName), after: input.NextToken, limit: 100,
            invalid: .invalidStackToken, key: \.logicalID)
        return Output(StackResourceSummaries: page.elements.map(summary), NextToken: page.nextToken)
    }

    private static func summary(_ resource: StackResource) -> Summary {
        Summary(
            LogicalResourceId: resource.logicalID, PhysicalResourceId: resource.physicalID,
            ResourceType: resource.type, LastUpdatedTimestamp: resource.updatedAt,
            ResourceStatus: resource.status?.rawValue, ResourceStatusReason: resource.statusReason)
    }
}
