import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld
import OrderedCollections

enum DescribeScalableTargets: ReadOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "DescribeScalableTargets"

    struct Input: Decodable, Sendable {
        let ServiceNamespace: String
        let ResourceIds: [String]?
        let ScalableDimension: String?
        let MaxResults: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        let ScalableTargets: [ScalableTargetShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let resources = input.ResourceIds.orEmpty
        let targets = world.scaling.targets.values.filter { target in
            target.key.serviceNamespace == input.ServiceNamespace
                && (resources.isEmpty || resources.contains(target.key.resourceID))
                && (input.ScalableDimension == nil || input.ScalableDimension == target.key.dimension)
        }
        let page = try Page(
            targets, after: input.NextToken, limit: input.MaxResults ?? 50, invalid: .invalidScalingToken, key: \.arn)
        return Output(ScalableTargets: page.elements.map(ScalableTargetShape.init), NextToken: page.nextToken)
    }
}
