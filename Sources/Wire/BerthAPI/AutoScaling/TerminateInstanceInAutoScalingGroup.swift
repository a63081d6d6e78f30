import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld

enum TerminateInstanceInAutoScalingGroup: APIOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "TerminateInstanceInAutoScalingGroup"

    struct Input: Decodable, Sendable {
        let InstanceId: String
        let ShouldDecrementDesiredCapacity: Bool
    }

    struct Output: Encodable, Sendable {
        let Activity: GroupActivityShape?
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let command = TerminateInstanceCommand(
            instance: try InstanceID(managed: input.InstanceId), decrements: input.ShouldDecrementDesiredCapacity)
        let activity = try await context.world.submit(command, payloads: [])
        return try await context.world.read { world in
            Output(Activity: activity.map { GroupActivityShape($0, in: world.capacity) })
        }
    }
}
