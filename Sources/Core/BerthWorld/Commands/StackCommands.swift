package import BerthKernel
package import BerthStacks

/// Brings a template to life; replies with the stack's ARN.
package struct CreateStackCommand: Command {
    package static let name = "cloudformation.CreateStack"

    package let request: CreateStackRequest

    package init(request: CreateStackRequest) {
        self.request = request
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> String {
        try world.stacks.create(request, supporting: ResourceType.catalog, at: now)
    }
}

/// Takes a stack down.
///
/// A stack that does not exist is no error.
package struct DeleteStackCommand: Command {
    package static let name = "cloudformation.DeleteStack"

    package let stack: String
    /// Logical ids to let go of instead of deleting them.
    package let retained: [String]

    package init(stack: String, retained: [String] = []) {
        self.stack = stack
        self.retained = retained
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.stacks.delete(stack, retaining: retained, at: now)
    }
}
