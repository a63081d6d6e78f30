package import BerthKernel

/// What RunTask changes about its task definition for one run.
package struct TaskOverrides: Hashable, Codable, Sendable {
    package var containers: [ContainerOverride]
    package var cpu: CPUUnits?
    package var memory: MiB?
    package var taskRoleARN: String?
    package var executionRoleARN: String?

    package struct ContainerOverride: Hashable, Codable, Sendable {
        package var name: String
        /// `nil` keeps the definition's; an empty list is one too.
        package var command: [String]?
        /// Added to the definition's; equal names are replaced.
        package var environment: [ContainerLaunch.Variable]
        package var cpu: CPUUnits?
        package var memory: MiB?
        package var memoryReservation: MiB?
        package var resourceRequirements: [ContainerDefinition.ResourceRequirement]?

        package init(
            name: String, command: [String]? = nil, environment: [ContainerLaunch.Variable] = [],
            cpu: CPUUnits? = nil, memory: MiB? = nil, memoryReservation: MiB? = nil,
            resourceRequirements: [ContainerDefinition.ResourceRequirement]? = nil
        ) {
            self.name = name
            self.command = command
            self.environment = environment
            self.cpu = cpu
            self.memory = memory
            self.memoryReservation = memoryReservation
            self.resourceRequirements = resourceRequirements
        }
    }

    package init(
        containers: [ContainerOverride] = [], cpu: CPUUnits? = nil, memory: MiB? = nil, taskRoleARN: String? = nil,
        executionRoleARN: String? = nil
    ) {
        self.containers = containers
        self.cpu = cpu
        self.memory = memory
        self.taskRoleARN = taskRoleARN
        self.executionRoleARN = executionRoleARN
    }

    /// The container as this run wants it.
    package func applied(to definition: ContainerDefinition) -> ContainerDefinition {
        guard let override = containers.first(where: { $0.name == definition.name }) else { return definition }
        var container = definition
        container.command = override.command ?? container.command
        container.cpu = override.cpu ?? container.cpu
        container.memory = override.memory ?? container.memory
        container.memoryReservation = override.memoryReservation ?? container.memoryReservation
        container.resourceRequirements = override.resourceRequirements ?? container.resourceRequirements
        for variable in override.environment {
            container.environment.removeAll { $0.name == variable.name }
            container.environment.append(variable)
        }
        return container
    }
}
