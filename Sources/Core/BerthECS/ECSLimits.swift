/// The numbers of ECS that its users meet as limits.
///
/// - AWS: ECS endpoints and quotas; ECS API Reference (reference, ECS 7.1).
package enum ECSLimits {
    /// Tasks of auto scaling group providers that may wait in PROVISIONING in one cluster.
    package static let provisioningTasksPerCluster = 500
    package static let providersPerCluster = 20
    package static let strategyItems = 20
    package static let strategyWeights = 0...1_000
    package static let strategyBases = 0...100_000
    package static let placementStrategies = 5
    package static let placementConstraints = 10
    package static let containersPerTaskDefinition = 10
    package static let tasksPerRun = 1...10
    package static let tasksPerService = 5_000
    package static let tasksPerProtectionUpdate = 10
    package static let instancesPerStateUpdate = 10
    package static let protectionMinutes = 1...2_880
    package static let defaultProtectionMinutes = 120
    /// Events a service shows, newest first.
    package static let serviceEvents = 100
    /// How long a stopped task stays describable.
    ///
    /// Never paced: people look at it, not machines.
    package static let stoppedTaskRetention = Duration.seconds(3_600)
    /// CPU units of a task on an instance: 1/8 to 192 vCPUs.
    package static let taskCPU = 128...196_608
    /// What a container takes at least, in MiB.
    package static let containerMemory = 6
    /// Failed starts that open the circuit breaker: half of the desired count within these bounds.
    package static let breakerThreshold = 3...200
}
