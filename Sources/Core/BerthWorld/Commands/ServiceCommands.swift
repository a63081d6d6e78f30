package import BerthECS
package import BerthKernel

/// Creates a service.
package struct CreateServiceCommand: Command {
    package static let name = "ecs.CreateService"

    package let specification: ServiceSpecification

    package init(specification: ServiceSpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ECSService {
        try world.ecs.createService(specification, at: now)
    }
}

/// Changes a service; some changes begin a deployment.
package struct UpdateServiceCommand: Command {
    package static let name = "ecs.UpdateService"

    package let update: ServiceUpdate

    package init(update: ServiceUpdate) {
        self.update = update
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ECSService {
        try world.ecs.updateService(update, at: now)
    }
}

/// Deletes a service: its tasks stop.
package struct DeleteServiceCommand: Command {
    package static let name = "ecs.DeleteService"

    package let cluster: String?
    package let service: String
    package let force: Bool

    package init(cluster: String?, service: String, force: Bool) {
        self.cluster = cluster
        self.service = service
        self.force = force
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> ECSService {
        try world.ecs.deleteService(cluster: cluster, service: service, force: force, at: now)
    }
}
