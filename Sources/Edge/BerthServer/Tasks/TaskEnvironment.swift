import BerthAPI
import BerthKernel

/// What AWS puts into the environment of a container, so that an unmodified SDK inside finds its way.
struct TaskEnvironment: Sendable {
    let endpoint: String
    let tenancy: Tenancy

    func variables(for container: ContainerLaunch, of launch: TaskLaunch) -> [String: String] {
        let task = "\(endpoint)\(TaskRoutes.prefix)\(launch.task.hex)"
        let isOnInstance = launch.instance != nil
        return [
            "AWS_REGION": tenancy.region,
            "AWS_DEFAULT_REGION": tenancy.region,
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_EXECUTION_ENV": isOnInstance ? "AWS_ECS_EC2" : "AWS_ECS_FARGATE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(task)/credentials",
            // Without this an SDK that finds no credentials asks the machine's own metadata service.
            "AWS_EC2_METADATA_DISABLED": "true",
            "ECS_CONTAINER_METADATA_URI_V4": "\(task)/v4/\(container.name)",
            "ECS_AGENT_URI": "\(task)/api",
        ]
    }
}
