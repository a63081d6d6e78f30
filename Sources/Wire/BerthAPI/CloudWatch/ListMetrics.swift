import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld

enum ListMetrics: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "ListMetrics"

    struct DimensionFilter: Decodable, Sendable {
        let Name: String
        let Value: String?
    }

    struct Input: Decodable, Sendable {
        let Namespace: String?
        let MetricName: String?
        let Dimensions: [DimensionFilter]?
        let NextToken: String?
        let RecentlyActive: String?
    }

    struct Output: Encodable, Sendable {
        let Metrics: [MetricShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let filter = MetricFilter(
            namespace: input.Namespace, name: input.MetricName,
            dimensions: input.Dimensions.orEmpty.map { .init(name: $0.Name, value: $0.Value) },
            recentlyActive: input.RecentlyActive != nil)
        let page = try Page(
            world.metrics.list(filter, at: world.now), after: input.NextToken, limit: 500,
            invalid: .invalidMetricsToken, key: \.token)
        return Output(Metrics: page.elements.map(MetricShape.init), NextToken: page.nextToken)
    }
}

extension MetricIdentity {
    fileprivate var token: String {
        ([namespace, name] + dimensions.map { "\($0.name)=\($0.value)" }).joined(separator: "|")
    }
}
