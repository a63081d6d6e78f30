import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum DescribeTasks: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeTasks"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let tasks: [String]
        let include: [String]?
    }

    struct Output: Encodable, Sendable {
        let tasks: [TaskShape]
        let failures: [FailureShape]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let ecs = world.ecs
        let cluster = try ecs.cluster(input.cluster)
        guard !input.tasks.isEmpty else {
            throw Refusal(code: "InvalidParameterException", message: "Tasks cannot be empty.")
        }
        var tasks: [TaskShape] = []
        var failures: [FailureShape] = []
        for identifier in input.tasks {
            if let task = try ecs.task(identifier, cluster: input.cluster) {
                tasks.append(TaskShape(task, in: ecs, includesTags: input.include.orEmpty.contains("TAGS")))
            } else {
                let arn = ecs.tenancy.arn("ecs", "task/\(cluster.name)/\(identifier)")
                failures.append(FailureShape(.missing(identifier.hasPrefix("arn:") ? identifier : arn)))
            }
        }
        return Output(tasks: tasks, failures: failures)
    }
}
