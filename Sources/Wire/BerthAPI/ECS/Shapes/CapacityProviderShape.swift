import BerthCapacity
import BerthKernel
import OrderedCollections

struct CapacityProviderShape: Encodable, Sendable {
    struct GroupProvider: Encodable, Sendable {
        let autoScalingGroupArn: String
        let managedScaling: ManagedScalingShape
        let managedTerminationProtection: String
        let managedDraining: String
    }

    let capacityProviderArn: String
    let name: String
    let status: String
    /// Absent for Fargate.
    let autoScalingGroupProvider: GroupProvider?
    /// What the last deletion came to.
    let updateStatus: String?
    let tags: [TagShape]
    let type: String

    init(_ provider: CapacityProvider, in capacity: Capacity, includesTags: Bool, isDeleted: Bool = false) {
        capacityProviderArn = provider.arn
        name = provider.name
        status = isDeleted ? "INACTIVE" : "ACTIVE"
        updateStatus = isDeleted ? "DELETE_COMPLETE" : nil
        autoScalingGroupProvider = provider.group.map { group in
            GroupProvider(
                autoScalingGroupArn: capacity.groups[group]?.arn ?? group,
                managedScaling: ManagedScalingShape(provider.managedScaling),
                managedTerminationProtection: provider.protectsBusyInstances ? "ENABLED" : "DISABLED",
                managedDraining: provider.drainsInstances ? "ENABLED" : "DISABLED")
        }
        tags = includesTags ? provider.tags.map(TagShape.init) : []
        type = provider.kind.rawValue
    }
}

struct ManagedScalingShape: Codable, Sendable {
    let status: String?
    let targetCapacity: Int?
    let minimumScalingStepSize: Int?
    let maximumScalingStepSize: Int?
    let instanceWarmupPeriod: Int?

    init(_ scaling: ManagedScaling) {
        status = scaling.isEnabled ? "ENABLED" : "DISABLED"
        targetCapacity = scaling.targetCapacity
        minimumScalingStepSize = scaling.minimumStep
        maximumScalingStepSize = scaling.maximumStep
        instanceWarmupPeriod = scaling.warmup
    }

    /// The settings with what is left out as a new provider has it.
    var scaling: ManagedScaling {
        let standard = ManagedScaling()
        return ManagedScaling(
            isEnabled: status == "ENABLED", targetCapacity: targetCapacity ?? standard.targetCapacity,
            minimumStep: minimumScalingStepSize ?? standard.minimumStep,
            maximumStep: maximumScalingStepSize ?? standard.maximumStep,
            warmup: instanceWarmupPeriod ?? standard.warmup)
    }
}

/// The group and its settings as CreateCapacityProvider and UpdateCapacityProvider take them.
struct GroupProviderInput: Decodable, Sendable {
    let autoScalingGroupArn: String?
    let managedScaling: ManagedScalingShape?
    let managedTerminationProtection: String?
    let managedDraining: String?
}

extension Refusal {
    static var managedInstancesNotSupported: Refusal {
        Refusal(
            code: "ClientException",
            message: "This version of Berth supports capacity providers of Auto Scaling groups only.")
    }
}

extension String {
    /// The name of a capacity provider that was given by name or by ARN.
    var capacityProviderName: String {
        ResourceName(self).flatMap { $0.resource.split(separator: "/").last }.map(String.init) ?? self
    }
}
