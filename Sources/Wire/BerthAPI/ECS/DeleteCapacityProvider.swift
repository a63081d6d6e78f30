import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld

enum DeleteCapacityProvider: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "DeleteCapacityProvider"

    struct Input: Decodable, Sendable {
        let capacityProvider: String
    }

    struct Output: Encodable, Sendable {
        let capacityProvider: CapacityProviderShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let command = DeleteCapacityProviderCommand(provider: input.capacityProvider.capacityProviderName)
        let provider = try await context.world.submit(command, payloads: [])
        return try await context.world.read { world in
            Output(
                capacityProvider: CapacityProviderShape(
                    provider, in: world.capacity, includesTags: false, isDeleted: true))
        }
    }
}
