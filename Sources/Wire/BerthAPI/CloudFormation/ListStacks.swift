import BerthKernel
import BerthProtocols
import BerthStacks
import BerthTemplates
import BerthWorld
import OrderedCollections

enum ListStacks: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "ListStacks"

    struct Input: Decodable, Sendable {
        let NextToken: String?
        let StackStatusFilter: [String]?
    }

    struct Summary: Encodable, Sendable {
        let StackId: String
        let StackName: String
        let TemplateDescription: String?
        let CreationTime: Instant
        let DeletionTime: Instant?
        let StackStatus: String
        let StackStatusReason: String?
        let DriftInformation = StackShape.Drift()
    }

    struct Output: Encodable, Sendable {
        let StackSummaries: [Summary]
        let NextToken: String?
    }

    /// Deleted stacks are among them, unlike in DescribeStacks.
    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let wanted = input.StackStatusFilter.orEmpty
        let stacks = world.stacks.stacks.values.reversed().filter {
            wanted.isEmpty || wanted.contains($0.status.rawValue)
        }
        let page = try Page(stacks, after: input.NextToken, limit: 100, invalid: .invalidStackToken, key: \.arn)
        return Output(StackSummaries: page.elements.map(summary), NextToken: page.nextToken)
    }

    private static func summary(_ stack: Stack) -> Summary {
        Summary(
            StackId: stack.arn, StackName: stack.name, TemplateDescription: stack.template.summary,
            CreationTime: stack.createdAt, DeletionTime: stack.deletedAt, StackStatus: stack.status.rawValue,
            StackStatusReason: stack.statusReason)
    }
}
