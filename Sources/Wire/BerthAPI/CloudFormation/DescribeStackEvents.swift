import BerthKernel
import BerthProtocols
import BerthStacks
import BerthWorld

enum DescribeStackEvents: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "DescribeStackEvents"

    struct Input: Decodable, Sendable {
        let StackName: String
        let NextToken: String?
    }

    struct Event: Encodable, Sendable {
        let StackId: String
        let EventId: String
        let StackName: String
        let LogicalResourceId: String
        let PhysicalResourceId: String
        let ResourceType: String
        let Timestamp: Instant
        let ResourceStatus: String
        let ResourceStatusReason: String?
        let ResourceProperties: String?
    }

    struct Output: Encodable, Sendable {
        let StackEvents: [Event]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let events = try world.stacks.events(of: input.StackName)
        let stack = try world.stacks.describe(input.StackName)
        let page = try Page(events, after: input.NextToken, limit: 100, invalid: .invalidStackToken, key: \.id)
        return Output(StackEvents: page.elements.map { event($0, of: stack) }, NextToken: page.nextToken)
    }

    private static func event(_ event: StackEventRecord, of stack: Stack) -> Event {
        Event(
            StackId: stack.arn, EventId: event.id, StackName: stack.name, LogicalResourceId: event.logicalID,
            PhysicalResourceId: event.physicalID, ResourceType: event.type, Timestamp: event.instant,
            ResourceStatus: event.status, ResourceStatusReason: event.reason, ResourceProperties: event.properties)
    }
}
