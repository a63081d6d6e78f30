package import BerthTemplates
import OrderedCollections

extension Template {
    /// Adds what AWS's handlers wait for although no template says so.
    ///
    /// A service that names capacity providers needs its cluster to have them, and the providers cannot leave
    /// the cluster before the service is gone. CDK writes no dependency between the two; the handlers on AWS retry
    /// until it works. Here the one comes before the other (reference, cloudformation.md 3.2).
    package func addingImpliedDependencies(to graph: DependencyGraph) -> DependencyGraph {
        var graph = graph
        let associations = graph.nodes.filter {
            resources[$0]?.type == "AWS::ECS::ClusterCapacityProviderAssociations"
        }
        for service in graph.nodes where usesCapacityProviders(service) {
            for association in associations where shareCluster(service, association) {
                guard !graph.depends(association, on: service) else { continue }
                graph.add(association, before: service)
            }
        }
        return graph
    }

    private func usesCapacityProviders(_ logicalID: String) -> Bool {
        guard let resource = resources[logicalID], resource.type == "AWS::ECS::Service" else { return false }
        return resource.properties.member("CapacityProviderStrategy") != nil
            || resource.properties.member("LaunchType") == nil
    }

    private func shareCluster(_ left: String, _ right: String) -> Bool {
        resources[left]?.properties.member("Cluster") == resources[right]?.properties.member("Cluster")
    }
}

extension Expression {
    fileprivate func member(_ name: String) -> Expression? {
        guard case .map(let members) = self else { return nil }
        return members[name]
    }
}
