import BerthECS
import BerthProtocols
import BerthWorld
import OrderedCollections

enum ListTaskDefinitions: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListTaskDefinitions"

    struct Input: Decodable, Sendable {
        let familyPrefix: String?
        let status: String?
        let sort: String?
        let nextToken: String?
        let maxResults: Int?
    }

    struct Output: Encodable, Sendable {
        let taskDefinitionArns: [String]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let status = input.status ?? TaskDefinition.Status.active.rawValue
        var definitions = world.ecs.taskDefinitions.values.filter {
            $0.status.rawValue == status && (input.familyPrefix == nil || $0.key.family == input.familyPrefix)
        }
        definitions.sort { $0.key < $1.key }
        if input.sort == "DESC" { definitions.reverse() }
        let page = try ECSPage(definitions.map(\.arn), after: input.nextToken, limit: input.maxResults)
        return Output(taskDefinitionArns: page.entries, nextToken: page.nextToken)
    }
}
