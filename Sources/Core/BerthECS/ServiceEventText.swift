import BerthKernel

/// What services say about themselves.
///
/// - AWS: ECS Developer Guide, *Amazon ECS service event messages* (reference, ECS 4.7).
enum ServiceEventText {
    static func started(_ service: String, _ tasks: [TaskID]) -> String {
        "(service \(service)) has started \(tasks.count) tasks: \(list(tasks))."
    }

    static func stoppedRunning(_ service: String, _ tasks: [TaskID]) -> String {
        "(service \(service)) has stopped \(tasks.count) running tasks: \(list(tasks))."
    }

    static func stoppedPending(_ service: String, _ tasks: [TaskID]) -> String {
        "(service \(service)) has stopped \(tasks.count) pending tasks: \(list(tasks))."
    }

    static func completed(_ service: String, _ deployment: String) -> String {
        "(service \(service)) (deployment \(deployment)) deployment completed."
    }

    static func failed(_ service: String, _ deployment: String) -> String {
        "(service \(service)) (deployment \(deployment)) deployment failed: tasks failed to start."
    }

    static func rollingBack(_ service: String, from deployment: String, to target: String) -> String {
        "(service \(service)) (deployment \(deployment)) rolling back to \(target)."
    }

    static func steady(_ service: String) -> String {
        "(service \(service)) has reached a steady state."
    }

    static func noInstances(_ service: String, throughProvider: Bool) -> String {
        unplaced(
            service,
            "Reason: No Container Instances were found in your \(throughProvider ? "capacity provider" : "cluster").")
    }

    static func noMatch(_ service: String, closest: ContainerInstanceID, _ problem: String) -> String {
        unplaced(service, "The closest matching (container-instance \(closest.hex)) \(problem).")
    }

    static func provisioningLimit(_ service: String) -> String {
        "(service \(service)) was unable to place tasks in your cluster "
            + "because the tasks provisioning capacity limit was exceeded."
    }

    static func impaired(_ service: String) -> String {
        "(service \(service)) is unable to consistently start tasks successfully."
    }

    static func deadlocked(_ service: String) -> String {
        "(service \(service)) was unable to stop or start tasks during a deployment because of the service "
            + "deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again."
    }

    static func protected(_ service: String, _ deployment: String) -> String {
        "service \(service) was unable to reach steady state because task set (\(deployment)) was unable to scale in. "
            + "Reason: The number of protected tasks are more than the desired count of tasks"
    }

    private static func unplaced(_ service: String, _ rest: String) -> String {
        "(service \(service)) was unable to place a task because no container instance met all of its requirements. "
            + rest + " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
    }

    private static func list(_ tasks: [TaskID]) -> String {
        tasks.map { "(task \($0.hex))" }.joined(separator: " ")
    }
}

/// Why a deployment is in its state, in the words of its `rolloutStateReason`.
enum RolloutReason {
    static func inProgress(_ deployment: String) -> String { "ECS deployment \(deployment) in progress." }
    static func completed(_ deployment: String) -> String { "ECS deployment \(deployment) completed." }
    static let failed = "ECS deployment circuit breaker: task failed to start."

    static func rollingBack(to deployment: String) -> String {
        "ECS deployment circuit breaker: rolling back to deploymentId \(deployment)."
    }
}
