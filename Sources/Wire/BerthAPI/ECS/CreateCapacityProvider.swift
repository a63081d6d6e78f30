import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld

enum CreateCapacityProvider: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "CreateCapacityProvider"
    static let note = "Of Auto Scaling groups; no managed instances."

    struct Input: Decodable, Sendable {
        let name: String
        let autoScalingGroupProvider: GroupProviderInput?
        let tags: [TagShape]?
    }

    struct Output: Encodable, Sendable {
        let capacityProvider: CapacityProviderShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        guard let group = input.autoScalingGroupProvider else { throw Refusal.managedInstancesNotSupported }
        let command = CreateCapacityProviderCommand(
            specification: ProviderSpecification(
                name: input.name, group: group.autoScalingGroupArn ?? "",
                managedScaling: group.managedScaling?.scaling,
                protectsBusyInstances: group.managedTerminationProtection == "ENABLED",
                drainsInstances: group.managedDraining != "DISABLED", tags: input.tags.orEmpty.map(\.tag)))
        let provider = try await context.world.submit(command, payloads: [])
        return try await context.world.read { world in
            Output(capacityProvider: CapacityProviderShape(provider, in: world.capacity, includesTags: true))
        }
    }
}
