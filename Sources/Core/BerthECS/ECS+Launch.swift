package import BerthKernel
import OrderedCollections

extension ECS {
    /// The attempts that a runtime has been asked to start and has not reported as stopped, as they were asked for.
    package var launches: [TaskLaunch] {
        tasks.values.filter(\.isWithRuntime).map(launch(of:))
    }

    /// The attempts among them that a runtime has been asked to stop.
    package var stops: [(task: TaskID, generation: Int)] {
        tasks.values.filter { $0.isWithRuntime && $0.desiredStatus == .stopped }.map { ($0.id, $0.generation) }
    }

    /// Everything a runtime needs to start this attempt of the task.
    func launch(of task: ECSTask) -> TaskLaunch {
        let specification = definition(task.definition).specification
        let instance = task.containerInstance.flatMap { instances[$0] }
        return TaskLaunch(
            task: task.id, generation: task.generation, arn: task.arn, cluster: task.cluster, service: task.service,
            group: task.group, family: task.definition.family, revision: task.definition.revision,
            zone: task.zone ?? tenancy.region + "a", instance: instance?.instance,
            instanceType: instance?.facts.instanceType, cpu: task.needs.cpu, memory: task.needs.memory,
            containers: specification.containersInStartOrder.map { definition in
                containerLaunch(task.overrides.applied(to: definition), in: specification)
            })
    }

    private func containerLaunch(
        _ container: ContainerDefinition, in specification: TaskDefinitionSpecification
    ) -> ContainerLaunch {
        ContainerLaunch(
            name: container.name, image: container.image, entryPoint: container.entryPoint,
            command: container.command, environment: container.environment,
            workingDirectory: container.workingDirectory, isEssential: container.isEssential,
            stopTimeout: .seconds(container.stopTimeout ?? 30),
            ports: container.portMappings.map { mapping in
                ContainerLaunch.PortMapping(
                    containerPort: mapping.containerPort, hostPort: specification.staticHostPort(of: mapping),
                    isUDP: mapping.isUDP)
            })
    }
}

extension ECSTask {
    /// Whether a runtime has the task: an attempt was begun and its end has not been reported.
    fileprivate var isWithRuntime: Bool { generation > 0 && lastStatus != .stopped }
}
