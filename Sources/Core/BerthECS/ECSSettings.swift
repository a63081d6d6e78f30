/// What the public record leaves open about ECS, with the reading Berth takes (reference, ECS 8 and 10).
///
/// Durations are AWS's and are paced by the machine; only the retention of stopped tasks is not.
package struct ECSSettings: Hashable, Codable, Sendable {
    /// When an instance can be promised the resources of a task that stops.
    package enum Release: String, Codable, Sendable {
        /// As soon as the task is told to stop. The agent holds the new task back until the old one is gone.
        case whenToldToStop
        /// When the task has stopped.
        case whenStopped
    }

    /// Time between two passes of a service that acts on what its own tasks did.
    package var schedulerPass: Duration = .seconds(10)
    /// How long a task waits for an instance.
    ///
    /// Publicly "between 10 and 30 minutes".
    package var provisioningTimeout: Duration = .seconds(900)
    /// From creation to PENDING of a task on Fargate: its network interface and its machine.
    package var fargateProvisioning: Duration = .seconds(10)
    /// After how long a running task without health checks counts as healthy in a deployment.
    package var healthyAfter: Duration = .seconds(40)
    /// Delays before the next start after so many failed ones in a row; the last repeats.
    ///
    /// Only its maximum is public.
    package var startBackoffMinutes: [Int] = [0, 0, 0, 1, 2, 4, 8, 16, 27]
    /// Retries of a service whose tasks no instance of launch type EC2 can take: first quick ones, then slow.
    package var quickPlacementRetries: Int = 5
    package var slowPlacementRetry: Duration = .seconds(300)
    /// How long the same complaint of a service is not repeated.
    package var eventRepeat: Duration = .seconds(21_600)
    package var releasesResources: Release = .whenToldToStop
    /// Whether scale-in first takes from the provider furthest above its share of the strategy.
    package var restoresStrategyOnScaleIn: Bool = true
    /// Whether an update of the desired count that also deploys first fills the old deployment.
    package var fillsOldDeploymentFirst: Bool = true

    package init() {}
}
