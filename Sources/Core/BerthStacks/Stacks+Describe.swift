package import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// The stack for DescribeStacks, by name or ARN.
    package func describe(_ nameOrARN: String) throws(Refusal) -> Stack {
        guard let stack = stack(nameOrARN) else { throw .stackWithIDDoesNotExist(nameOrARN) }
        return stack
    }

    /// The stacks that are not deleted, newest first: what DescribeStacks lists without a name.
    package var liveStacks: [Stack] {
        stacks.values.reversed().filter { $0.status != .deleteComplete }
    }

    /// What happened to the stack and its resources, newest first.
    package func events(of nameOrARN: String) throws(Refusal) -> [StackEventRecord] {
        guard let stack = stack(nameOrARN) else { throw .stackDoesNotExist(nameOrARN) }
        return stack.events.reversed()
    }

    /// The resources that have been begun, in the order of the template.
    package func resources(of nameOrARN: String) throws(Refusal) -> [StackResource] {
        try describe(nameOrARN).resources.values.filter { $0.status != nil }
    }

    /// One resource, once it has been begun.
    package func resource(_ logicalID: String, of nameOrARN: String) throws(Refusal) -> StackResource {
        guard let stack = stack(nameOrARN) else { throw .validation("Stack '\(nameOrARN)' does not exist") }
        guard let resource = stack.resources[logicalID], resource.status != nil else {
            throw .stackResourceDoesNotExist(logicalID, stack: stack.name)
        }
        return resource
    }
}
