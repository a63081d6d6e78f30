import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum DescribeServices: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeServices"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let services: [String]
        let include: [String]?
    }

    struct Output: Encodable, Sendable {
        let services: [ServiceShape]
        let failures: [FailureShape]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let ecs = world.ecs
        let cluster = try ecs.cluster(input.cluster)
        var services: [ServiceShape] = []
        var failures: [FailureShape] = []
        for identifier in input.services {
            if let service = try ecs.service(identifier, cluster: input.cluster) {
                services.append(ServiceShape(service, in: ecs, includesTags: input.include.orEmpty.contains("TAGS")))
            } else {
                let arn = ecs.tenancy.arn("ecs", "service/\(cluster.name)/\(identifier)")
                failures.append(FailureShape(.missing(identifier.hasPrefix("arn:") ? identifier : arn)))
            }
        }
        return Output(services: services, failures: failures)
    }
}
