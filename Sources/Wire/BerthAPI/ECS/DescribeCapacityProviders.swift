import BerthCapacity
import BerthECS
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeCapacityProviders: ReadOperation {
    static let service = ServiceDescription.ecs
    static let name = "DescribeCapacityProviders"

    struct Input: Decodable, Sendable {
        let capacityProviders: [String]?
        let include: [String]?
        let maxResults: Int?
        let nextToken: String?
    }

    struct Output: Encodable, Sendable {
        let capacityProviders: [CapacityProviderShape]
        let failures: [FailureShape]
        let nextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let capacity = world.capacity
        let includesTags = input.include.orEmpty.contains("TAGS")
        guard let wanted = input.capacityProviders, !wanted.isEmpty else {
            let page = try Page(
                Array(capacity.providers.values), after: input.nextToken, limit: min(input.maxResults ?? 10, 10),
                invalid: Refusal(code: "InvalidParameterException", message: "Invalid token."), key: \.name)
            return Output(
                capacityProviders: page.elements.map {
                    CapacityProviderShape($0, in: capacity, includesTags: includesTags)
                },
                failures: [], nextToken: page.nextToken)
        }
        var shapes: [CapacityProviderShape] = []
        var failures: [FailureShape] = []
        for identifier in wanted {
            let name = identifier.capacityProviderName
            if let provider = capacity.providers[name] {
                shapes.append(CapacityProviderShape(provider, in: capacity, includesTags: includesTags))
            } else {
                failures.append(FailureShape(.missing(context.tenancy.arn("ecs", "capacity-provider/\(name)"))))
            }
        }
        return Output(capacityProviders: shapes, failures: failures, nextToken: nil)
    }
}
