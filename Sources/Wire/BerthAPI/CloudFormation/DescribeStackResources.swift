import BerthKernel
import BerthProtocols
import BerthStacks
import BerthTemplates
import BerthWorld
import OrderedCollections

enum DescribeStackResources: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "DescribeStackResources"

    struct Input: Decodable, Sendable {
        let StackName: String?
        let LogicalResourceId: String?
        let PhysicalResourceId: String?
    }

    struct Resource: Encodable, Sendable {
        let StackName: String
        let StackId: String
        let LogicalResourceId: String
        let PhysicalResourceId: String?
        let ResourceType: String
        let Timestamp: Instant
        let ResourceStatus: String
        let ResourceStatusReason: String?
        let DriftInformation = ResourceDriftShape()
    }

    struct Output: Encodable, Sendable {
        let StackResources: [Resource]
    }

    /// AWS shows so many and points to ListStackResources for the rest.
    private static let limit = 100

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let stack = try stack(input, in: world.stacks)
        let resources = try world.stacks.resources(of: stack.arn).filter { resource in
            input.LogicalResourceId == nil || input.LogicalResourceId == resource.logicalID
        }
        return Output(StackResources: resources.prefix(limit).compactMap { self.resource($0, of: stack) })
    }

    /// The stack of that name, or the one that has the physical resource.
    private static func stack(_ input: Input, in stacks: Stacks) throws(Refusal) -> Stack {
        if let name = input.StackName { return try stacks.describe(name) }
        guard let physicalID = input.PhysicalResourceId else {
            throw .validation("One of StackName and PhysicalResourceId must be specified.")
        }
        let owner = stacks.liveStacks.first { stack in
            stack.resources.values.contains { $0.physicalID == physicalID }
        }
        guard let owner else { throw .validation("Stack for \(physicalID) does not exist") }
        return owner
    }

    private static func resource(_ resource: StackResource, of stack: Stack) -> Resource? {
        resource.status.map { status in
            Resource(
                StackName: stack.name, StackId: stack.arn, LogicalResourceId: resource.logicalID,
                PhysicalResourceId: resource.physicalID, ResourceType: resource.type, Timestamp: resource.updatedAt,
                ResourceStatus: status.rawValue, ResourceStatusReason: resource.statusReason)
        }
    }
}
