package import BerthKernel
package import BerthScaling
import OrderedCollections

/// Registers a scalable target or changes one; replies with its ARN.
package struct RegisterScalableTargetCommand: Command {
    package static let name = "application-autoscaling.RegisterScalableTarget"

    package let registration: TargetRegistration

    package init(registration: TargetRegistration) {
        self.registration = registration
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> String {
        try world.registerTarget(registration)
        return world.scaling.targets[registration.key]?.arn ?? ""
    }
}

/// Deregisters a scalable target, and its policies and scheduled actions with it.
package struct DeregisterScalableTargetCommand: Command {
    package static let name = "application-autoscaling.DeregisterScalableTarget"

    package let key: TargetKey

    package init(key: TargetKey) {
        self.key = key
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.scaling.deregisterTarget(key, at: now)
    }
}

/// Creates a policy or replaces its configuration, which keeps the ARN.
package struct PutScalingPolicyCommand: Command {
    package static let name = "application-autoscaling.PutScalingPolicy"

    package let specification: PolicySpecification

    package init(specification: PolicySpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> PutPolicyReply {
        try world.scaling.putPolicy(specification, at: now)
    }
}

/// Deletes a policy: target tracking's alarms go with it, those of a step policy stay.
package struct DeleteScalingPolicyCommand: Command {
    package static let name = "application-autoscaling.DeleteScalingPolicy"

    package let policy: String
    package let key: TargetKey

    package init(policy: String, key: TargetKey) {
        self.policy = policy
        self.key = key
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.scaling.deletePolicy(name: policy, of: key, at: now)
    }
}

/// Creates a scheduled action or changes the members given.
package struct PutScheduledActionCommand: Command {
    package static let name = "application-autoscaling.PutScheduledAction"

    package let specification: ScheduledActionSpecification

    package init(specification: ScheduledActionSpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.scaling.putScheduledAction(specification, at: now)
    }
}

/// Deletes a scheduled action; bounds it has set stay.
package struct DeleteScheduledActionCommand: Command {
    package static let name = "application-autoscaling.DeleteScheduledAction"

    package let action: String
    package let key: TargetKey

    package init(action: String, key: TargetKey) {
        self.action = action
        self.key = key
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.scaling.deleteScheduledAction(name: action, of: key, at: now)
    }
}
