package import BerthCapacity
package import BerthKernel
import OrderedCollections

/// Makes a capacity provider of a group.
///
/// Nothing scales before a cluster uses it.
package struct CreateCapacityProviderCommand: Command {
    package static let name = "ecs.CreateCapacityProvider"

    package let specification: ProviderSpecification

    package init(specification: ProviderSpecification) {
        self.specification = specification
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> CapacityProvider {
        try world.capacity.createProvider(specification, at: now)
    }
}

/// Changes a capacity provider; what is `nil` stays as it is, down to the single settings of managed scaling.
package struct UpdateCapacityProviderCommand: Command {
    package static let name = "ecs.UpdateCapacityProvider"

    /// The settings of managed scaling that change.
    package struct Scaling: Codable, Sendable, Equatable {
        package let isEnabled: Bool?
        package let targetCapacity: Int?
        package let minimumStep: Int?
        package let maximumStep: Int?
        package let warmup: Int?

        package init(isEnabled: Bool?, targetCapacity: Int?, minimumStep: Int?, maximumStep: Int?, warmup: Int?) {
            self.isEnabled = isEnabled
            self.targetCapacity = targetCapacity
            self.minimumStep = minimumStep
            self.maximumStep = maximumStep
            self.warmup = warmup
        }

        func applied(to old: ManagedScaling) -> ManagedScaling {
            ManagedScaling(
                isEnabled: isEnabled ?? old.isEnabled, targetCapacity: targetCapacity ?? old.targetCapacity,
                minimumStep: minimumStep ?? old.minimumStep, maximumStep: maximumStep ?? old.maximumStep,
                warmup: warmup ?? old.warmup)
        }
    }

    package let provider: String
    package let scaling: Scaling?
    package let protectsBusyInstances: Bool?
    package let drainsInstances: Bool?

    package init(provider: String, scaling: Scaling?, protectsBusyInstances: Bool?, drainsInstances: Bool?) {
        self.provider = provider
        self.scaling = scaling
        self.protectsBusyInstances = protectsBusyInstances
        self.drainsInstances = drainsInstances
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> CapacityProvider {
        let old = world.capacity.providers[provider]?.managedScaling ?? ManagedScaling()
        return try world.capacity.updateProvider(
            ProviderUpdate(
                name: provider, managedScaling: scaling?.applied(to: old),
                protectsBusyInstances: protectsBusyInstances, drainsInstances: drainsInstances),
            at: now)
    }
}

/// Deletes a capacity provider that no cluster uses; its group stays.
package struct DeleteCapacityProviderCommand: Command {
    package static let name = "ecs.DeleteCapacityProvider"

    package let provider: String

    package init(provider: String) {
        self.provider = provider
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> CapacityProvider {
        try world.capacity.deleteProvider(provider, at: now)
    }
}
