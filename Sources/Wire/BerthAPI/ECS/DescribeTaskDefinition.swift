import BerthECS
import BerthProtocols
import BerthWorld

enum DescribeTaskDefinition: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeTaskDefinition"

    struct Input: Decodable, Sendable {
        let taskDefinition: String
        let include: [String]?
    }

    struct Output: Encodable, Sendable {
        let taskDefinition: TaskDefinitionShape
        let tags: [TagShape]?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let definition = try world.ecs.taskDefinition(input.taskDefinition)
        let wantsTags = input.include.orEmpty.contains("TAGS")
        return Output(
            taskDefinition: TaskDefinitionShape(definition),
            tags: wantsTags ? definition.specification.tags.map(TagShape.init) : nil)
    }
}
