import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld

enum UpdateCapacityProvider: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "UpdateCapacityProvider"

    struct Input: Decodable, Sendable {
        let name: String
        let autoScalingGroupProvider: GroupProviderInput?
    }

    struct Output: Encodable, Sendable {
        let capacityProvider: CapacityProviderShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        guard let group = input.autoScalingGroupProvider else { throw Refusal.managedInstancesNotSupported }
        let command = UpdateCapacityProviderCommand(
            provider: input.name.capacityProviderName,
            scaling: group.managedScaling.map { scaling in
                .init(
                    isEnabled: scaling.status.map { $0 == "ENABLED" }, targetCapacity: scaling.targetCapacity,
                    minimumStep: scaling.minimumScalingStepSize, maximumStep: scaling.maximumScalingStepSize,
                    warmup: scaling.instanceWarmupPeriod)
            },
            protectsBusyInstances: group.managedTerminationProtection.map { $0 == "ENABLED" },
            drainsInstances: group.managedDraining.map { $0 == "ENABLED" })
        let provider = try await context.world.submit(command, payloads: [])
        return try await context.world.read { world in
            Output(capacityProvider: CapacityProviderShape(provider, in: world.capacity, includesTags: true))
        }
    }
}
