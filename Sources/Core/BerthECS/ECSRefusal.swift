import BerthKernel

/// The errors of clusters and of calls that name things (reference, ECS 7.6).
extension Refusal {
    static func clusterNotFound() -> Refusal {
        Refusal(code: "ClusterNotFoundException", message: "Cluster not found.")
    }

    static func invalidClusterName() -> Refusal {
        .invalidParameter("Invalid cluster name. A name has 1 to 255 letters, numbers, hyphens and underscores.")
    }

    static func clusterContainsServices() -> Refusal {
        Refusal(
            code: "ClusterContainsServicesException",
            message: "The Cluster cannot be deleted while Services are active.")
    }

    static func clusterContainsTasks() -> Refusal {
        Refusal(
            code: "ClusterContainsTasksException", message: "The Cluster cannot be deleted while Tasks are active.")
    }

    static func clusterContainsInstances() -> Refusal {
        Refusal(
            code: "ClusterContainsContainerInstancesException",
            message: "The Cluster cannot be deleted while Container Instances are active or draining.")
    }

    static func identifierOfOtherCluster(_ other: String, own: String) -> Refusal {
        .invalidParameter("Identifier is for cluster \(other). Your cluster is \(own)")
    }

    static func invalidParameter(_ message: String) -> Refusal {
        Refusal(code: "InvalidParameterException", message: message)
    }

    static func client(_ message: String) -> Refusal {
        Refusal(code: "ClientException", message: message)
    }
}

/// The errors of capacity provider strategies.
extension Refusal {
    static func providerInUse() -> Refusal {
        Refusal(
            code: "ResourceInUseException",
            message: "The specified capacity provider is in use and cannot be removed.")
    }

    static func providerNotFound(_ name: String) -> Refusal {
        .invalidParameter(
            "The specified capacity provider '\(name)' was not found. Specify a valid name and try again.")
    }

    static func providerNotActive(_ name: String) -> Refusal {
        .invalidParameter(
            "The specified capacity provider '\(name)' is not in an ACTIVE state. "
                + "Specify a valid capacity provider and try again.")
    }

    static func tooManyProviders() -> Refusal {
        .invalidParameter("The maximum number of capacity providers per cluster has been exceeded.")
    }

    static func providerNotAssociated() -> Refusal {
        .invalidParameter(
            "The specified capacity provider strategy cannot contain a capacity provider "
                + "that is not associated with the cluster.")
    }

    static func mixedStrategy() -> Refusal {
        .invalidParameter(
            "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups "
                + "and Fargate providers. Specify one or the other and try again.")
    }

    static func strategyTooLong() -> Refusal {
        .invalidParameter(
            "The capacity provider strategy cannot contain more than \(ECSLimits.strategyItems) capacity providers.")
    }

    static func strategyNamesProviderTwice() -> Refusal {
        .invalidParameter("The capacity provider strategy cannot contain duplicate capacity providers.")
    }

    static func weightOutOfRange() -> Refusal {
        .invalidParameter("The weight of a capacity provider strategy item must be between 0 and 1000.")
    }

    static func baseOutOfRange() -> Refusal {
        .invalidParameter("The base of a capacity provider strategy item must be between 0 and 100000.")
    }

    static func severalBases() -> Refusal {
        .invalidParameter(
            "The specified capacity provider strategy can contain only one capacity provider with a base defined.")
    }

    static func noWeight() -> Refusal {
        .invalidParameter(
            "The specified capacity provider strategy must contain at least one capacity provider "
                + "with a weight value greater than zero.")
    }

    static func launchTypeAndStrategy() -> Refusal {
        .invalidParameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.")
    }

    static func daemonStrategy() -> Refusal {
        .invalidParameter(
            "Specifying a capacity provider strategy is not supported when you create a service "
                + "using the DAEMON scheduling strategy.")
    }

    static func noLaunchTypeToFallBackTo() -> Refusal {
        .invalidParameter(
            "No launch type to fall back to for empty capacity provider strategy. "
                + "Your service was not created with a launch type.")
    }
}

/// The errors of services.
extension Refusal {
    static func serviceNotFound() -> Refusal {
        Refusal(code: "ServiceNotFoundException", message: "Service not found.")
    }

    static func serviceNotActive() -> Refusal {
        Refusal(code: "ServiceNotActiveException", message: "Service was not ACTIVE.")
    }

    static func serviceNotIdempotent() -> Refusal {
        .invalidParameter("Creation of service was not idempotent.")
    }

    static func serviceStillDraining() -> Refusal {
        .invalidParameter("Unable to Start a service that is still Draining.")
    }

    static func serviceScaledAboveZero() -> Refusal {
        .invalidParameter("The service cannot be stopped while it is scaled above 0.")
    }

    static func invalidServiceName() -> Refusal {
        .invalidParameter("Invalid service name. A name has 1 to 255 letters, numbers, hyphens and underscores.")
    }

    static func desiredCountMissing() -> Refusal {
        .invalidParameter("The desiredCount is required for the REPLICA scheduling strategy.")
    }

    static func desiredCountOfDaemon() -> Refusal {
        .invalidParameter("The desiredCount cannot be specified for the DAEMON scheduling strategy.")
    }

    static func desiredCountOutOfRange() -> Refusal {
        .invalidParameter("The desiredCount must be between 0 and \(ECSLimits.tasksPerService).")
    }

    static func daemonPlacementStrategy() -> Refusal {
        .invalidParameter(
            "The daemon scheduling strategy does not support placement strategies. "
                + "Remove the placement strategy and try again.")
    }

    static func daemonOnFargate() -> Refusal {
        .invalidParameter("The daemon scheduling strategy is not supported for the FARGATE launch type.")
    }

    static func deploymentConfigurationOutOfRange() -> Refusal {
        .invalidParameter(
            "The deployment configuration is not valid: minimumHealthyPercent must be at least 0, maximumPercent "
                + "at least 100 and above minimumHealthyPercent for the REPLICA scheduling strategy.")
    }

    static func tooManyPlacementStrategies() -> Refusal {
        .invalidParameter("A maximum of \(ECSLimits.placementStrategies) placement strategies is supported.")
    }

    static func tooManyPlacementConstraints() -> Refusal {
        .invalidParameter("A maximum of \(ECSLimits.placementConstraints) placement constraints is supported.")
    }
}

/// The errors of task definitions.
extension Refusal {
    static func taskDefinitionNotFound() -> Refusal {
        .client("TaskDefinition not found.")
    }

    static func taskDefinitionNotDescribable() -> Refusal {
        .client("Unable to describe task definition.")
    }

    static func taskDefinitionInactive() -> Refusal {
        .client("TaskDefinition is inactive")
    }

    static func revisionMissing() -> Refusal {
        .client("Revision is missing.")
    }

    static func revisionInvalid(_ number: String) -> Refusal {
        .client("Invalid revision number. Number: \(number)")
    }

    static func familyInvalid() -> Refusal {
        .client("Family contains invalid characters.")
    }

    static func containersEmpty() -> Refusal {
        .client("TaskDefinition must contain at least one container definition.")
    }

    static func tooManyContainers() -> Refusal {
        .client(
            "TaskDefinition cannot contain more than \(ECSLimits.containersPerTaskDefinition) container definitions.")
    }

    static func noEssentialContainer() -> Refusal {
        .client("Invalid setting for container. At least one container must be essential.")
    }

    static func containerNameEmpty() -> Refusal {
        .client("Container.name should not be null or empty.")
    }

    static func containerImageEmpty() -> Refusal {
        .client("Container.image should not be null or empty.")
    }

    static func containerNameTwice(_ name: String) -> Refusal {
        .client("Container name '\(name)' is used more than once.")
    }

    static func containerMemoryMissing(_ name: String) -> Refusal {
        .client(
            "Invalid setting for container '\(name)'. "
                + "At least one of 'memory' or 'memoryReservation' must be specified.")
    }

    static func containerMemoryTooSmall(_ name: String) -> Refusal {
        .client("Invalid setting for container '\(name)'. 'memory' must be at least \(ECSLimits.containerMemory) MiB.")
    }

    static func reservationAboveMemory(_ name: String) -> Refusal {
        .client("Invalid setting for container '\(name)'. The memory reservation cannot be greater than memory.")
    }

    static func dependencyUnknown(_ name: String, _ dependency: String) -> Refusal {
        .client("Invalid setting for container '\(name)'. It depends on '\(dependency)', which is not in the task.")
    }

    static func dependencyCircle() -> Refusal {
        .client("Cyclic dependency detected in the container dependencies of the task definition.")
    }

    static func invalidTaskCPU() -> Refusal {
        .client(
            "Invalid 'cpu' setting for task. "
                + "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.")
    }

    static func invalidTaskMemory() -> Refusal {
        .client(
            "Invalid 'memory' setting for task. "
                + "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.")
    }

    static func fargateNeedsSize() -> Refusal {
        .client("Fargate requires task definition to have 'cpu' and 'memory' at the task level.")
    }

    static func fargateNeedsAwsvpc() -> Refusal {
        .client("Fargate only supports network mode 'awsvpc'.")
    }
}

/// The errors of running and stopping tasks.
extension Refusal {
    static func invalidLaunchType() -> Refusal {
        .client("launch type should be one of [EC2,FARGATE,EXTERNAL]")
    }

    static func launchTypeUnsupported(_ type: LaunchType) -> Refusal {
        .invalidParameter("Task definition does not support launch_type \(type.rawValue).")
    }

    static func networkMissing() -> Refusal {
        .invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    }

    static func networkUnwanted() -> Refusal {
        .invalidParameter("Network Configuration is not valid for the given networkMode of this task definition.")
    }

    static func subnetsEmpty() -> Refusal {
        .invalidParameter("subnets can not be empty.")
    }

    static func noContainerInstances() -> Refusal {
        .invalidParameter("No Container Instances were found in your cluster.")
    }

    static func taskCountOutOfRange() -> Refusal {
        .invalidParameter("The count must be between 1 and 10.")
    }

    static func overrideOfUnknownContainer(_ name: String) -> Refusal {
        .invalidParameter("Override for container named \(name) is not a container in the TaskDefinition.")
    }

    static func provisioningLimit() -> Refusal {
        .client("Tasks provisioning capacity limit exceeded.")
    }

    static func taskNotFound() -> Refusal {
        .invalidParameter("The referenced task was not found.")
    }

    static func tasksEmpty() -> Refusal {
        .invalidParameter("Tasks cannot be empty.")
    }

    static func tooManyTasks() -> Refusal {
        .invalidParameter("A maximum of \(ECSLimits.tasksPerProtectionUpdate) tasks is supported.")
    }

    static func protectionOutOfRange() -> Refusal {
        .invalidParameter("expiresInMinutes must be between 1 and 2880.")
    }

    static func containerInstancesEmpty() -> Refusal {
        .client("Container Instances cannot be empty.")
    }

    static func tooManyInstances() -> Refusal {
        .invalidParameter("A maximum of \(ECSLimits.instancesPerStateUpdate) container instances is supported.")
    }
}
