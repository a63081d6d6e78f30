import BerthKernel
import BerthProtocols
import BerthStacks
import BerthWorld

enum DescribeStacks: ReadOperation {
    static let service = ServiceDescription.cloudFormation
    static let name = "DescribeStacks"

    struct Input: Decodable, Sendable {
        let StackName: String?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        let Stacks: [StackShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let name = input.StackName.flatMap { $0.isEmpty ? nil : $0 }
        let stacks = if let name { [try world.stacks.describe(name)] } else { world.stacks.liveStacks }
        let page = try Page(stacks, after: input.NextToken, limit: 100, invalid: .invalidStackToken, key: \.arn)
        return Output(Stacks: page.elements.map(StackShape.init), NextToken: page.nextToken)
    }
}
