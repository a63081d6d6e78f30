import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// Begins whatever can begin now, and ends the stack's operation when nothing is left to do.
    mutating func proceed(_ id: UniqueID, at now: Instant) {
        guard let status = stacks[id]?.status else { return }
        if status == .createInProgress {
            beginCreations(in: id, at: now)
        }
        if stacks[id]?.status.isRemoving == true {
            beginDeletions(in: id, at: now)
        }
        dropSpentTimeouts()
    }

    private mutating func beginCreations(in id: UniqueID, at now: Instant) {
        guard let stack = stacks[id] else { return }
        let ready = stack.resources.values.filter { resource in
            resource.status == nil
                && stack.graph.dependencies(of: resource.logicalID).allSatisfy { stack.isComplete($0) }
        }
        for resource in ready {
            guard stacks[id]?.status == .createInProgress else { return }
            beginCreation(of: resource.logicalID, in: stack, at: now)
        }
        if stacks[id]?.resources.values.allSatisfy({ $0.status == .createComplete }) == true {
            complete(id, at: now)
        }
    }

    private mutating func beginCreation(of logicalID: String, in stack: Stack, at now: Instant) {
        do {
            let expression = stack.template.resources[logicalID]?.properties
            let properties = try expression?.evaluate(in: scope(of: stack)) ?? [:]
            stacks[stack.id]?.resources[logicalID]?.properties = try properties.resolvingDynamicReferences()
            change(logicalID, in: stack.id, to: .createInProgress, at: now)
            ask(for: .create, of: logicalID, in: stack.id, at: now)
        } catch {
            change(logicalID, in: stack.id, to: .createInProgress, at: now)
            failCreation(of: logicalID, in: stack.id, reason: error.message, at: now)
        }
    }

    /// Asks the world for an action and starts its clock.
    mutating func ask(
        for operation: ResourceAction.Operation, of logicalID: String, in id: UniqueID, at now: Instant
    ) {
        guard let stack = stacks[id], var resource = stack.resources[logicalID] else { return }
        resource.generation += 1
        stacks[id]?.resources[logicalID] = resource
        timeouts.append(
            Timeout(
                instant: now + pace(StackLimits.stabilization), stack: id, logicalID: logicalID,
                generation: resource.generation))
        outbox.append(
            .provision(
                ResourceAction(
                    stack: id, stackName: stack.name, logicalID: logicalID, generation: resource.generation,
                    type: resource.type, operation: operation,
                    properties: ResourceProperties(resource.properties, of: logicalID),
                    physicalID: operation == .create ? nil : resource.physicalID,
                    tags: stack.tags(of: logicalID), nameSuffix: nextNameSuffix())))
    }

    private mutating func complete(_ id: UniqueID, at now: Instant) {
        guard let stack = stacks[id] else { return }
        do {
            let outputs = try outputs(of: stack)
            stacks[id]?.outputs = outputs
        } catch {
            change(id, to: .rollbackInProgress, reason: "\(error.message) Rollback requested by user.", at: now)
            return
        }
        change(id, to: .createComplete, reason: nil, at: now)
        let count = stack.resources.count
        decide(id, "Stack \(stack.name) is complete: \(count) resources in \(stack.age(at: now)).", at: now)
    }

    private func outputs(of stack: Stack) throws(Refusal) -> [StackOutput] {
        let scope = scope(of: stack)
        var outputs: [StackOutput] = []
        for (key, output) in stack.template.outputs
        where output.condition.map({ stack.conditions[$0] ?? false }) ?? true {
            guard let value = try output.value.evaluate(in: scope)?.text else {
                throw .templateFormat("The Value field of every Outputs member must evaluate to a String.")
            }
            let exportName = try output.exportName?.evaluate(in: scope)?.text
            outputs.append(StackOutput(key: key, value: value, summary: output.summary, exportName: exportName))
        }
        return outputs
    }

    private func scope(of stack: Stack) -> EvaluationScope {
        let finished = stack.resources.values.compactMap { resource -> (String, EvaluationScope.ResourceIdentity)? in
            guard resource.status == .createComplete, let physicalID = resource.physicalID else { return nil }
            return (resource.logicalID, .init(physicalID: physicalID, attributes: resource.attributes))
        }
        return EvaluationScope(
            tenancy: tenancy, zones: zones, stackName: stack.name, stackID: stack.arn,
            parameters: stack.parameters.mapValues(\.value), mappings: stack.template.mappings,
            conditions: stack.conditions, resources: OrderedDictionary(uniqueKeysWithValues: finished))
    }

    private mutating func nextNameSuffix() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<12).map { _ in alphabet[names.nextIndex(below: alphabet.count)] })
    }
}

extension Stack {
    fileprivate func isComplete(_ logicalID: String) -> Bool {
        resources[logicalID]?.status == .createComplete
    }

    fileprivate func tags(of logicalID: String) -> [Tag] {
        [
            Tag(key: "aws:cloudformation:stack-name", value: name),
            Tag(key: "aws:cloudformation:stack-id", value: arn),
            Tag(key: "aws:cloudformation:logical-id", value: logicalID),
        ] + tags
    }
}
