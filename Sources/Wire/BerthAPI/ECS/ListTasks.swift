import BerthECS
import BerthProtocols
import BerthWorld

enum ListTasks: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "ListTasks"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let containerInstance: String?
        let family: String?
        let nextToken: String?
        let maxResults: Int?
        let startedBy: String?
        let serviceName: String?
        let desiredStatus: String?
        let launchType: String?
    }

    struct Output: Encodable, Sendable {
        let taskArns: [String]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let ecs = world.ecs
        let cluster = try ecs.activeCluster(input.cluster)
        let instance = try input.containerInstance.map { try ecs.containerInstance($0, cluster: input.cluster)?.id }
        // PENDING is accepted and matches nothing: ECS never sets a task's desired status to it.
        let status = input.desiredStatus ?? ECSTask.DesiredStatus.running.rawValue
        let service = input.serviceName.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        let tasks = ecs.tasks(in: cluster.name).filter { task in
            task.desiredStatus.rawValue == status
                && (input.containerInstance == nil || task.containerInstance == instance ?? nil)
                && (service == nil || task.service == service)
                && (input.family == nil || task.definition.family == input.family)
                && (input.startedBy == nil || task.startedBy == input.startedBy)
                && (input.launchType == nil || task.launchType.rawValue == input.launchType)
        }
        let page = try ECSPage(tasks.map(\.arn), after: input.nextToken, limit: input.maxResults)
        return Output(taskArns: page.entries, nextToken: page.nextToken)
    }
}
