package import BerthKernel
import OrderedCollections

extension ECS {
    /// Registers the next revision of a family.
    package mutating func registerTaskDefinition(
        _ specification: TaskDefinitionSpecification, at now: Instant
    ) throws(Refusal) -> TaskDefinition {
        try check(specification)
        let revision = lastRevisions[specification.family, default: 0] + 1
        let key = TaskDefinitionKey(family: specification.family, revision: revision)
        let definition = TaskDefinition(
            key: key, arn: tenancy.arn("ecs", "task-definition/\(key)"), specification: specification,
            status: .active, registeredAt: now)
        lastRevisions[specification.family] = revision
        taskDefinitions[key] = definition
        return definition
    }

    /// Makes a revision INACTIVE: nothing new starts from it by name, services that use it go on.
    ///
    /// Unlike elsewhere the revision must be named.
    package mutating func deregisterTaskDefinition(
        _ identifier: String, at now: Instant
    ) throws(Refusal) -> TaskDefinition {
        let (family, revision) = split(identifier)
        guard let revision else { throw .revisionMissing() }
        guard let number = Int(revision) else { throw .revisionInvalid(revision) }
        let key = TaskDefinitionKey(family: family, revision: number)
        guard var definition = taskDefinitions[key] else { throw .taskDefinitionNotDescribable() }
        guard definition.status == .active else { return definition }
        definition.status = .inactive
        definition.deregisteredAt = now
        taskDefinitions[key] = definition
        return definition
    }

    /// The revision that `family`, `family:revision` or an ARN names; a family alone is its newest active one.
    package func taskDefinition(_ identifier: String) throws(Refusal) -> TaskDefinition {
        guard let definition = findTaskDefinition(identifier) else { throw .taskDefinitionNotDescribable() }
        return definition
    }

    /// The same for something that is to run.
    func runnableTaskDefinition(_ identifier: String) throws(Refusal) -> TaskDefinition {
        guard let definition = findTaskDefinition(identifier) else { throw .taskDefinitionNotFound() }
        guard definition.status == .active else { throw .taskDefinitionInactive() }
        return definition
    }

    /// The definition of something that runs already, whose existence registration guarantees.
    func definition(_ key: TaskDefinitionKey) -> TaskDefinition {
        guard let definition = taskDefinitions[key] else {
            preconditionFailure("revisions are never forgotten, but \(key) is missing")
        }
        return definition
    }

    private func findTaskDefinition(_ identifier: String) -> TaskDefinition? {
        let (family, revision) = split(identifier)
        if let revision {
            return Int(revision).flatMap { taskDefinitions[TaskDefinitionKey(family: family, revision: $0)] }
        }
        var number = lastRevisions[family] ?? 0
        while number > 0 {
            let definition = taskDefinitions[TaskDefinitionKey(family: family, revision: number)]
            if let definition, definition.status == .active { return definition }
            number -= 1
        }
        return nil
    }

    private func split(_ identifier: String) -> (family: String, revision: String?) {
        var name = identifier[...]
        if let arn = ResourceName(identifier), arn.resource.hasPrefix("task-definition/") {
            name = arn.resource.dropFirst("task-definition/".count)
        }
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), parts.count == 2 ? String(parts[1]) : nil)
    }

    private func check(_ specification: TaskDefinitionSpecification) throws(Refusal) {
        guard specification.family.isValidName else { throw .familyInvalid() }
        guard !specification.containers.isEmpty else { throw .containersEmpty() }
        guard specification.containers.count <= ECSLimits.containersPerTaskDefinition else {
            throw .tooManyContainers()
        }
        for (index, container) in specification.containers.enumerated() {
            try check(container, taskMemory: specification.memory)
            guard !specification.containers[..<index].contains(where: { $0.name == container.name }) else {
                throw .containerNameTwice(container.name)
            }
            for dependency in container.dependsOn {
                guard specification.containers.contains(where: { $0.name == dependency.container }) else {
                    throw .dependencyUnknown(container.name, dependency.container)
                }
            }
        }
        guard specification.containers.contains(where: \.isEssential) else { throw .noEssentialContainer() }
        guard specification.containersInStartOrder.count == specification.containers.count else {
            throw .dependencyCircle()
        }
        if let cpu = specification.cpu, !ECSLimits.taskCPU.contains(cpu) { throw .invalidTaskCPU() }
        if let memory = specification.memory, memory <= 0 { throw .invalidTaskMemory() }
        if specification.requiresCompatibilities.contains(.fargate) {
            guard specification.networkMode == .awsvpc else { throw .fargateNeedsAwsvpc() }
            guard specification.cpu != nil, specification.memory != nil else { throw .fargateNeedsSize() }
        }
        guard specification.placementConstraints.count <= ECSLimits.placementConstraints else {
            throw .tooManyPlacementConstraints()
        }
    }

    private func check(_ container: ContainerDefinition, taskMemory: MiB?) throws(Refusal) {
        guard !container.name.isEmpty else { throw .containerNameEmpty() }
        guard !container.image.isEmpty else { throw .containerImageEmpty() }
        guard taskMemory != nil || container.memory != nil || container.memoryReservation != nil else {
            throw .containerMemoryMissing(container.name)
        }
        if let memory = container.memory {
            guard memory >= ECSLimits.containerMemory else { throw .containerMemoryTooSmall(container.name) }
            guard container.memoryReservation ?? 0 <= memory else { throw .reservationAboveMemory(container.name) }
        }
    }
}
