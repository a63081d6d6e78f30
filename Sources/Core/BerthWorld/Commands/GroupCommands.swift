package import BerthCapacity
package import BerthKernel

/// Sets the desired capacity of an Auto Scaling group within its bounds.
package struct SetDesiredCapacityCommand: Command {
    package static let name = "autoscaling.SetDesiredCapacity"

    package let group: String
    package let desired: Int

    package init(group: String, desired: Int) {
        self.group = group
        self.desired = desired
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.capacity.setDesired(group, to: desired, at: now)
    }
}

/// Protects instances of a group from scale-in, or no longer.
package struct SetInstanceProtectionCommand: Command {
    package static let name = "autoscaling.SetInstanceProtection"

    package let group: String
    package let instances: [InstanceID]
    package let isProtected: Bool

    package init(group: String, instances: [InstanceID], isProtected: Bool) {
        self.group = group
        self.instances = instances
        self.isProtected = isProtected
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.capacity.setInstanceProtection(
            group: group, instances: instances, isProtected: isProtected, at: now)
    }
}

/// Terminates an instance; replies with the activity of its group.
package struct TerminateInstanceCommand: Command {
    package static let name = "autoscaling.TerminateInstanceInAutoScalingGroup"

    package let instance: InstanceID
    /// Whether the group becomes smaller rather than launch a replacement.
    package let decrements: Bool

    package init(instance: InstanceID, decrements: Bool) {
        self.instance = instance
        self.decrements = decrements
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ScalingActivity? {
        try world.capacity.terminateInstance(instance, decrementing: decrements, at: now)
    }
}
