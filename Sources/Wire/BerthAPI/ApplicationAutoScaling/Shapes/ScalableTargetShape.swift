import BerthKernel
import BerthScaling

// The members of Application Auto Scaling's shapes, spelled as in its model.

struct ScalableTargetShape: Encodable, Sendable {
    let ServiceNamespace: String
    let ResourceId: String
    let ScalableDimension: String
    let MinCapacity: Int
    let MaxCapacity: Int
    let RoleARN: String
    let CreationTime: Instant
    let SuspendedState: SuspendedStateShape
    let ScalableTargetARN: String

    init(_ target: ScalableTarget) {
        ServiceNamespace = target.key.serviceNamespace
        ResourceId = target.key.resourceID
        ScalableDimension = target.key.dimension
        MinCapacity = target.minimum
        MaxCapacity = target.maximum
        RoleARN = target.roleARN
        CreationTime = target.createdAt
        SuspendedState = SuspendedStateShape(target.suspended)
        ScalableTargetARN = target.arn
    }
}

struct SuspendedStateShape: Codable, Sendable {
    let DynamicScalingInSuspended: Bool?
    let DynamicScalingOutSuspended: Bool?
    let ScheduledScalingSuspended: Bool?

    init(_ state: SuspendedState) {
        DynamicScalingInSuspended = state.dynamicScalingIn
        DynamicScalingOutSuspended = state.dynamicScalingOut
        ScheduledScalingSuspended = state.scheduledScaling
    }

    var state: SuspendedState {
        SuspendedState(
            dynamicScalingIn: DynamicScalingInSuspended ?? false,
            dynamicScalingOut: DynamicScalingOutSuspended ?? false,
            scheduledScaling: ScheduledScalingSuspended ?? false)
    }
}

/// An alarm of a policy.
struct PolicyAlarmShape: Encodable, Sendable {
    let AlarmName: String
    let AlarmARN: String

    init(name: String, arn: String) {
        AlarmName = name
        AlarmARN = arn
    }

    init(_ alarm: ScalingPolicy.Alarm) {
        self.init(name: alarm.name, arn: alarm.arn)
    }
}

/// How an operation on one scalable target names it.
protocol TargetAddress {
    var ServiceNamespace: String { get }
    var ResourceId: String { get }
    var ScalableDimension: String { get }
}

extension TargetAddress {
    var key: TargetKey {
        TargetKey(serviceNamespace: ServiceNamespace, resourceID: ResourceId, dimension: ScalableDimension)
    }
}

/// What the describing operations ask for: a kind of service, and perhaps one resource of it.
protocol TargetFilter {
    var ServiceNamespace: String { get }
    var ResourceId: String? { get }
    var ScalableDimension: String? { get }
}

extension TargetFilter {
    func asksFor(_ key: TargetKey) -> Bool {
        key.serviceNamespace == ServiceNamespace && (ResourceId == nil || ResourceId == key.resourceID)
            && (ScalableDimension == nil || ScalableDimension == key.dimension)
    }
}

extension Refusal {
    static var invalidScalingToken: Refusal {
        Refusal(code: "InvalidNextTokenException", message: "Invalid NextToken")
    }
}
