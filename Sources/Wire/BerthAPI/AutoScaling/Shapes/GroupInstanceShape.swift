import BerthCapacity
import BerthKernel
import OrderedCollections

struct LaunchTemplateSpecificationShape: Encodable, Sendable {
    let LaunchTemplateId: String?
    let LaunchTemplateName: String?
    let Version: String?

    /// A group names its template by id or by name; AWS shows both.
    init(_ choice: LaunchTemplateChoice, in capacity: Capacity) {
        let template: LaunchTemplate?
        switch choice.key {
        case .id(let id):
            template = capacity.launchTemplates[id]
            LaunchTemplateId = id
            LaunchTemplateName = template?.name
        case .name(let name):
            template = capacity.launchTemplates.values.first { $0.name == name }
            LaunchTemplateId = template?.id
            LaunchTemplateName = name
        }
        Version = choice.version ?? "$Default"
    }

    init(of instance: Instance, in capacity: Capacity) {
        LaunchTemplateId = instance.launchTemplate
        LaunchTemplateName = capacity.launchTemplates[instance.launchTemplate]?.name
        Version = "\(instance.launchTemplateVersion)"
    }
}

/// An instance as its group shows it, and as DescribeAutoScalingInstances does, which adds the group.
struct GroupInstanceShape: Encodable, Sendable {
    let InstanceId: String
    let InstanceType: String
    let AutoScalingGroupName: String?
    let AvailabilityZone: String
    let LifecycleState: String
    let HealthStatus: String
    let LaunchTemplate: LaunchTemplateSpecificationShape
    let ProtectedFromScaleIn: Bool

    init(_ instance: Instance, in capacity: Capacity) {
        self.init(instance, in: capacity, group: nil, health: "Healthy")
    }

    /// DescribeAutoScalingInstances writes the health in capitals.
    init(withGroup instance: Instance, in capacity: Capacity) {
        self.init(instance, in: capacity, group: instance.group, health: "HEALTHY")
    }

    private init(_ instance: Instance, in capacity: Capacity, group: String?, health: String) {
        InstanceId = instance.id.description
        InstanceType = instance.type
        AutoScalingGroupName = group
        AvailabilityZone = instance.zone
        LifecycleState = instance.lifecycle.rawValue
        HealthStatus = health
        LaunchTemplate = LaunchTemplateSpecificationShape(of: instance, in: capacity)
        ProtectedFromScaleIn = instance.isProtected
    }
}
