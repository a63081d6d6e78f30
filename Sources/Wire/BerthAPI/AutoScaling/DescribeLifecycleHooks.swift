import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeLifecycleHooks: ReadOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "DescribeLifecycleHooks"
    static let note = "The termination hook of managed draining; there are no others."

    struct Input: Decodable, Sendable {
        let AutoScalingGroupName: String
        let LifecycleHookNames: [String]?
    }

    struct Hook: Encodable, Sendable {
        let LifecycleHookName: String
        let AutoScalingGroupName: String
        let LifecycleTransition = "autoscaling:EC2_INSTANCE_TERMINATING"
        /// ECS renews the heartbeat for as long as the instance drains, 48 hours at most.
        let HeartbeatTimeout = 3_600
        let GlobalTimeout = 172_800
        let DefaultResult = "CONTINUE"
    }

    struct Output: Encodable, Sendable {
        let LifecycleHooks: [Hook]
    }

    /// As ECS names it (reference, ECS 1.1).
    private static let managedDraining = "ecs-managed-draining-termination-hook"

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let group = Capacity.groupName(input.AutoScalingGroupName)
        guard world.capacity.groups[group] != nil else { throw Refusal.groupDoesNotExist(group) }
        let isDrained = world.capacity.providers.values.contains { $0.group == group && $0.drainsInstances }
        let names = input.LifecycleHookNames.orEmpty
        let isWanted = names.isEmpty || names.contains(managedDraining)
        return Output(
            LifecycleHooks: isDrained && isWanted
                ? [Hook(LifecycleHookName: managedDraining, AutoScalingGroupName: group)] : [])
    }
}
