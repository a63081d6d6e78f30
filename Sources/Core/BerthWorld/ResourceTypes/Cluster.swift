import BerthECS
import BerthKernel
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::ECS::Cluster*.
    static let cluster = ResourceType(
        "AWS::ECS::Cluster",
        properties: [
            "ClusterName": .modelled, "CapacityProviders": .modelled, "DefaultCapacityProviderStrategy": .modelled,
            "ClusterSettings": .recorded, "Tags": .recorded, "Configuration": .recorded,
            "ServiceConnectDefaults": .recorded,
        ],
        attributes: ["Arn"],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            let name = try properties.string("ClusterName") ?? action.defaultName()
            if world.ecs.clusters[name]?.status == .active { throw action.alreadyExists("ClusterName", name) }
            var settings: [Cluster.Setting] = []
            for setting in try properties.maps("ClusterSettings") ?? [] {
                settings.append(
                    Cluster.Setting(name: try setting.string("Name") ?? "", value: try setting.string("Value") ?? ""))
            }
            let cluster = try world.ecs.createCluster(
                ClusterSpecification(
                    name: name, capacityProviders: try properties.strings("CapacityProviders") ?? [],
                    defaultStrategy: try properties.strategy("DefaultCapacityProviderStrategy") ?? [],
                    settings: settings, tags: try action.allTags()),
                at: world.now)
            return .complete(physicalID: name, attributes: ["Arn": .string(cluster.arn)])
        },
        delete: { name, _, world throws(Refusal) in
            guard let cluster = world.ecs.clusters[name], cluster.status == .active else { return .done }
            let holdsSomething =
                world.ecs.instances.values.contains { $0.facts.cluster == name }
                || world.ecs.tasks.values.contains { $0.cluster == name && $0.lastStatus != .stopped }
            if holdsSomething { return .waiting }
            _ = try world.ecs.deleteCluster(name, at: world.now)
            return .done
        })

    /// - AWS: CloudFormation User Guide, *AWS::ECS::ClusterCapacityProviderAssociations*.
    static let clusterCapacityProviderAssociations = ResourceType(
        "AWS::ECS::ClusterCapacityProviderAssociations",
        properties: [
            "Cluster": .modelled, "CapacityProviders": .modelled, "DefaultCapacityProviderStrategy": .modelled,
        ],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            let identifier = try properties.required("Cluster", try properties.string("Cluster"))
            let cluster = try world.ecs.putCapacityProviders(
                cluster: identifier, providers: try properties.strings("CapacityProviders") ?? [],
                defaultStrategy: try properties.strategy("DefaultCapacityProviderStrategy") ?? [], at: world.now)
            return .complete(physicalID: cluster.name)
        },
        delete: { name, _, world throws(Refusal) in
            guard let cluster = world.ecs.clusters[name], cluster.status == .active else { return .done }
            do throws(Refusal) {
                _ = try world.ecs.putCapacityProviders(cluster: name, providers: [], defaultStrategy: [], at: world.now)
            } catch {
                // A service or task still uses a provider. AWS's handler retries until it does not.
                guard error.code == "ResourceInUseException" else { throw error }
                return .waiting
            }
            return .done
        })
}
