import BerthCapacity
import BerthKernel
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::AutoScaling::AutoScalingGroup*. `Ref` gives the name.
    static let autoScalingGroup = ResourceType(
        "AWS::AutoScaling::AutoScalingGroup",
        properties: [
            "AutoScalingGroupName": .modelled, "MinSize": .modelled, "MaxSize": .modelled,
            "DesiredCapacity": .modelled, "VPCZoneIdentifier": .modelled, "AvailabilityZones": .modelled,
            "LaunchTemplate": .modelled, "MixedInstancesPolicy": .modelled,
            "NewInstancesProtectedFromScaleIn": .modelled, "TerminationPolicies": .modelled, "Cooldown": .recorded,
            "HealthCheckType": .recorded, "HealthCheckGracePeriod": .recorded, "CapacityRebalance": .recorded,
            "Tags": .recorded, "MetricsCollection": .recorded, "LaunchConfigurationName": .notSupported,
        ],
        attributes: ["AutoScalingGroupARN"],
        note: "Deletion waits for tasks, as on AWS, but not for scale-in protection: idle instances go with the group.",
        create: { action, world throws(Refusal) in
            let specification = try groupSpecification(action, world)
            let group = try world.capacity.createGroup(specification, at: world.now)
            return group.members.isEmpty ? complete(group) : .inProgress(physicalID: group.name)
        },
        progress: { name, _, world in
            guard let group = world.capacity.groups[name] else {
                return .failed(reason: "The group was deleted while it was being created.")
            }
            let inService = group.members.count { world.capacity.instances[$0]?.lifecycle == .inService }
            return inService >= group.desiredCapacity ? complete(group) : .inProgress(physicalID: name)
        },
        delete: { name, _, world throws(Refusal) in
            guard let group = world.capacity.groups[name] else { return .done }
            // CloudFormation sets the sizes to zero and waits; protected instances would make it wait for ever,
            // and here nobody could help it, so they go too once no task is left on them.
            if !group.isDeleting {
                let isBusy = group.members.contains { world.capacity.instances[$0]?.nonDaemonTasks ?? 0 > 0 }
                if isBusy { return .waiting }
                try world.capacity.deleteGroup(name, force: true, at: world.now)
            }
            return world.capacity.groups[name] == nil ? .done : .waiting
        })

    private static func complete(_ group: AutoScalingGroup) -> ResourceResult {
        .complete(physicalID: group.name, attributes: ["AutoScalingGroupARN": .string(group.arn)])
    }

    private static func groupSpecification(
        _ action: ResourceAction, _ world: World
    ) throws(Refusal) -> GroupSpecification {
        let properties = action.properties
        var zones = try properties.strings("AvailabilityZones") ?? []
        var subnets = try properties.strings("VPCZoneIdentifier") ?? []
        // A subnet that a stack made is not part of the default network: its zone is what counts.
        for subnet in subnets {
            guard let zone = world.recorded.zone(ofSubnet: subnet) else { continue }
            subnets.removeAll { $0 == subnet }
            if !zones.contains(zone) { zones.append(zone) }
        }
        return GroupSpecification(
            name: try properties.string("AutoScalingGroupName") ?? action.defaultName(),
            minSize: try properties.required("MinSize", try properties.int("MinSize")),
            maxSize: try properties.required("MaxSize", try properties.int("MaxSize")),
            desiredCapacity: try properties.int("DesiredCapacity"), launch: try launchSource(properties),
            subnets: subnets, zones: zones,
            newInstancesProtected: try properties.bool("NewInstancesProtectedFromScaleIn") ?? false,
            terminationPolicies: try terminationPolicies(properties),
            defaultCooldown: try properties.int("Cooldown") ?? 300,
            healthCheckType: try properties.string("HealthCheckType") ?? "EC2",
            healthCheckGracePeriod: try properties.int("HealthCheckGracePeriod") ?? 0,
            capacityRebalance: try properties.bool("CapacityRebalance") ?? false, tags: try groupTags(action))
    }

    private static func terminationPolicies(_ properties: ResourceProperties) throws(Refusal) -> [TerminationPolicy] {
        let policies = try properties.strings("TerminationPolicies") ?? []
        return policies.isEmpty ? [.default] : policies.compactMap(TerminationPolicy.init)
    }

    private static func groupTags(_ action: ResourceAction) throws(Refusal) -> [GroupTag] {
        var tags: [GroupTag] = []
        for entry in try action.properties.maps("Tags") ?? [] {
            tags.append(
                GroupTag(
                    key: try entry.string("Key") ?? "", value: try entry.string("Value") ?? "",
                    propagatesAtLaunch: try entry.bool("PropagateAtLaunch") ?? false))
        }
        return tags + action.tags.map { GroupTag(key: $0.key, value: $0.value, propagatesAtLaunch: true) }
    }

    private static func launchSource(_ properties: ResourceProperties) throws(Refusal) -> LaunchSource? {
        if let template = try properties.map("LaunchTemplate") { return .template(try choice(template)) }
        guard let mixed = try properties.map("MixedInstancesPolicy"), let launch = try mixed.map("LaunchTemplate"),
            let template = try launch.map("LaunchTemplateSpecification")
        else { return nil }
        let distribution = try mixed.map("InstancesDistribution")
        var overrides: [String] = []
        for entry in try launch.maps("Overrides") ?? [] {
            if let type = try entry.string("InstanceType") { overrides.append(type) }
        }
        return .mixed(
            MixedInstances(
                template: try choice(template), overrides: overrides,
                onDemandBase: try distribution?.int("OnDemandBaseCapacity") ?? 0,
                onDemandPercentageAboveBase: try distribution?.int("OnDemandPercentageAboveBaseCapacity") ?? 100,
                spotStrategy: try distribution?.string("SpotAllocationStrategy") ?? "lowest-price"))
    }

    private static func choice(_ template: ResourceProperties) throws(Refusal) -> LaunchTemplateChoice {
        let version = try template.string("Version")
        if let id = try template.string("LaunchTemplateId") { return LaunchTemplateChoice(.id(id), version: version) }
        let name = try template.required("LaunchTemplateName", try template.string("LaunchTemplateName"))
        return LaunchTemplateChoice(.name(name), version: version)
    }
}
