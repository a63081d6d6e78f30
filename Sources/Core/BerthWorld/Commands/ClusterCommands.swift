package import BerthECS
package import BerthKernel

/// Creates a cluster, or finds the active one of that name.
package struct CreateClusterCommand: Command {
    package static let name = "ecs.CreateCluster"

    package let specification: ClusterSpecification

    package init(specification: ClusterSpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> Cluster {
        try world.ecs.createCluster(specification, at: now)
    }
}

/// Deletes a cluster that holds nothing any more.
package struct DeleteClusterCommand: Command {
    package static let name = "ecs.DeleteCluster"

    package let cluster: String

    package init(cluster: String) {
        self.cluster = cluster
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> Cluster {
        try world.ecs.deleteCluster(cluster, at: now)
    }
}

/// Replaces a cluster's capacity providers and its default strategy.
package struct PutClusterCapacityProvidersCommand: Command {
    package static let name = "ecs.PutClusterCapacityProviders"

    package let cluster: String
    package let providers: [String]
    package let defaultStrategy: [CapacityProviderStrategyItem]

    package init(cluster: String, providers: [String], defaultStrategy: [CapacityProviderStrategyItem]) {
        self.cluster = cluster
        self.providers = providers
        self.defaultStrategy = defaultStrategy
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> Cluster {
        try world.ecs.putCapacityProviders(
            cluster: cluster, providers: providers, defaultStrategy: defaultStrategy, at: now)
    }
}

/// Adds a revision to a family.
package struct RegisterTaskDefinitionCommand: Command {
    package static let name = "ecs.RegisterTaskDefinition"

    package let specification: TaskDefinitionSpecification

    package init(specification: TaskDefinitionSpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> TaskDefinition {
        try world.ecs.registerTaskDefinition(specification, at: now)
    }
}

/// Makes a revision INACTIVE: services that use it keep running.
package struct DeregisterTaskDefinitionCommand: Command {
    package static let name = "ecs.DeregisterTaskDefinition"

    package let taskDefinition: String

    package init(taskDefinition: String) {
        self.taskDefinition = taskDefinition
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> TaskDefinition {
        try world.ecs.deregisterTaskDefinition(taskDefinition, at: now)
    }
}
