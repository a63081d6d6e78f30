import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum DescribeContainerInstances: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeContainerInstances"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let containerInstances: [String]
        let include: [String]?
    }

    struct Output: Encodable, Sendable {
        let containerInstances: [ContainerInstanceShape]
        let failures: [FailureShape]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let ecs = world.ecs
        let cluster = try ecs.cluster(input.cluster)
        guard !input.containerInstances.isEmpty else {
            throw Refusal(code: "ClientException", message: "Container Instances cannot be empty.")
        }
        var instances: [ContainerInstanceShape] = []
        var failures: [FailureShape] = []
        for identifier in input.containerInstances {
            if let instance = try ecs.containerInstance(identifier, cluster: input.cluster) {
                instances.append(ContainerInstanceShape(instance, in: ecs))
            } else {
                let arn = ecs.tenancy.arn("ecs", "container-instance/\(cluster.name)/\(identifier)")
                failures.append(FailureShape(.missing(identifier.hasPrefix("arn:") ? identifier : arn)))
            }
        }
        return Output(containerInstances: instances, failures: failures)
    }
}
