/// What AWS does not fix or does not publish, with the value Berth uses unless told otherwise.
///
/// Sources: reference, ECS 3.3, 6.4, 8 and 10. Durations are AWS's; the pace shortens them.
package struct CapacitySettings: Hashable, Codable, Sendable {
    /// How the demand of several groups of waiting tasks becomes one number of instances.
    package enum DemandAggregate: String, Codable, Sendable {
        /// Groups may share instances, so the largest is a lower bound.
        ///
        /// What AWS's guide describes.
        case maximum
        case sum
    }

    package var zoneCount = 3
    /// From the launch of an instance until EC2 says `running`; billing begins there.
    package var launchDuration: Duration = .seconds(15)
    /// From `running` until the agent has registered the instance with its cluster.
    package var registrationDuration: Duration = .seconds(55)
    /// From `shutting-down` to `terminated`.
    ///
    /// Our choice.
    package var shutdownDuration: Duration = .seconds(30)
    /// The share of advertised memory that instances register, by hypervisor.
    package var xenMemoryShare = 0.975
    package var nitroMemoryShare = 0.95
    /// Spot price over on-demand price.
    package var spotPriceFactor = 0.35
    package var demandAggregate = DemandAggregate.maximum
    /// The account setting `awsvpcTrunking`: more `awsvpc` tasks on types that support it.
    package var trunksNetworkInterfaces = false

    package init() {}
}
