import BerthCapacity
import BerthKernel
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::ECS::CapacityProvider*.
    static let capacityProvider = ResourceType(
        "AWS::ECS::CapacityProvider",
        properties: [
            "Name": .modelled, "AutoScalingGroupProvider": .modelled, "Tags": .recorded,
            "ManagedInstancesProvider": .notSupported, "ClusterName": .notSupported,
        ],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            guard let group = try properties.map("AutoScalingGroupProvider") else {
                throw properties.invalid(
                    "AutoScalingGroupProvider",
                    "this version of Berth supports capacity providers of Auto Scaling groups only")
            }
            let name = try properties.string("Name") ?? defaultName(action)
            let provider = try world.capacity.createProvider(
                ProviderSpecification(
                    name: name,
                    group: try group.required("AutoScalingGroupArn", try group.string("AutoScalingGroupArn")),
                    managedScaling: try managedScaling(group),
                    protectsBusyInstances: try group.string("ManagedTerminationProtection") == "ENABLED",
                    drainsInstances: try group.string("ManagedDraining") != "DISABLED", tags: try action.allTags()),
                at: world.now)
            return .complete(physicalID: provider.name)
        },
        delete: { name, _, world throws(Refusal) in
            guard world.capacity.providers[name] != nil else { return .done }
            _ = try world.capacity.deleteProvider(name, at: world.now)
            return .done
        })

    /// A generated name must not begin as AWS's own do, so a stack called `ecs-…` gets a prefix (reference, 4).
    private static func defaultName(_ action: ResourceAction) -> String {
        let name = action.defaultName()
        let isReserved = ["aws", "ecs", "fargate"].contains { name.lowercased().hasPrefix($0) }
        return isReserved ? "cp-" + name : name
    }

    private static func managedScaling(_ group: ResourceProperties) throws(Refusal) -> ManagedScaling? {
        guard let scaling = try group.map("ManagedScaling"), try scaling.string("Status") != "DISABLED" else {
            return nil
        }
        return ManagedScaling(
            isEnabled: true, targetCapacity: try scaling.int("TargetCapacity") ?? 100,
            minimumStep: try scaling.int("MinimumScalingStepSize") ?? 1,
            maximumStep: try scaling.int("MaximumScalingStepSize") ?? 10_000,
            warmup: try scaling.int("InstanceWarmupPeriod") ?? 300)
    }
}
