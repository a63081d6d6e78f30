package import BerthKernel

/// What capacity tells the rest of the world.
package enum CapacityEvent: Hashable, Codable, Sendable {
    /// A provider was made or changed.
    case providerChanged(ProviderFacts)
    case providerRemoved(String)
    /// An agent registered: tasks may be placed on the instance from now on.
    case instanceRegistered(InstanceFacts)
    /// The instance is to go as soon as ECS reports it empty.
    case instanceDraining(InstanceID)
    /// The instance shuts down: whatever still runs there is lost.
    ///
    /// Only for instances that had registered.
    case instanceTerminated(InstanceID)
    case groupRemoved(String)
    case alarmWanted(AlarmDefinition)
    case alarmUnwanted(String)
    case sample(MetricSample)
    /// A minute has passed: answer with `publishReservation` and the demand for the provider.
    case reservationDue(provider: String, cluster: String)
    case decided(Decision)
}
