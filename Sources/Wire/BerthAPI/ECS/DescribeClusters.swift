import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld

enum DescribeClusters: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeClusters"

    struct Input: Decodable, Sendable {
        let clusters: [String]?
        let include: [String]?
    }

    struct Output: Encodable, Sendable {
        let clusters: [ClusterShape]
        let failures: [FailureShape]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let ecs = world.ecs
        var clusters: [ClusterShape] = []
        var failures: [FailureShape] = []
        for identifier in input.clusters ?? ["default"] {
            if let cluster = try? ecs.cluster(identifier) {
                clusters.append(ClusterShape(cluster, in: ecs, include: input.include ?? []))
            } else {
                let arn = identifier.hasPrefix("arn:") ? identifier : ecs.tenancy.arn("ecs", "cluster/\(identifier)")
                failures.append(FailureShape(.missing(arn)))
            }
        }
        return Output(clusters: clusters, failures: failures)
    }
}
