import BerthECS
import BerthProtocols
import BerthWorld
import OrderedCollections

enum ListTaskDefinitionFamilies: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListTaskDefinitionFamilies"

    struct Input: Decodable, Sendable {
        let familyPrefix: String?
        let status: String?
        let nextToken: String?
        let maxResults: Int?
    }

    struct Output: Encodable, Sendable {
        let families: [String]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let definitions = world.ecs.taskDefinitions.values
        let active = OrderedSet(definitions.filter { $0.status == .active }.map(\.key.family))
        let all = OrderedSet(definitions.map(\.key.family))
        let wanted =
            switch input.status ?? "ACTIVE" {
            case "INACTIVE": all.subtracting(active)
            case "ALL": all
            default: active
            }
        let families = wanted.filter { $0.hasPrefix(input.familyPrefix ?? "") }.sorted()
        let page = try ECSPage(families, after: input.nextToken, limit: input.maxResults)
        return Output(families: page.entries, nextToken: page.nextToken)
    }
}
