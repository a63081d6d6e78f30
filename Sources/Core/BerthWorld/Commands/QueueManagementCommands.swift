package import BerthKernel
import BerthQueues
package import OrderedCollections

/// Creates a queue, or finds it as the request describes it.
package struct CreateQueueCommand: Command {
    package static let name = "sqs.CreateQueue"

    package let queue: String
    package let attributes: OrderedDictionary<String, String>
    package let tags: [Tag]

    package init(queue: String, attributes: OrderedDictionary<String, String>, tags: [Tag]) {
        self.queue = queue
        self.attributes = attributes
        self.tags = tags
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.create(name: queue, attributes: attributes, tags: tags, at: now)
    }
}

/// Deletes a queue with everything in it; its name rests for a minute.
package struct DeleteQueueCommand: Command {
    package static let name = "sqs.DeleteQueue"

    package let queue: String

    package init(queue: String) {
        self.queue = queue
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.delete(queue, at: now)
    }
}

/// Deletes every message of a queue.
package struct PurgeQueueCommand: Command {
    package static let name = "sqs.PurgeQueue"

    package let queue: String

    package init(queue: String) {
        self.queue = queue
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.purge(queue, at: now)
    }
}

/// Changes attributes of a queue; those not named stay.
package struct SetQueueAttributesCommand: Command {
    package static let name = "sqs.SetQueueAttributes"

    package let queue: String
    package let attributes: OrderedDictionary<String, String>

    package init(queue: String, attributes: OrderedDictionary<String, String>) {
        self.queue = queue
        self.attributes = attributes
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.setAttributes(attributes, of: queue, at: now)
    }
}

/// Adds tags to a queue and takes others away.
package struct TagQueueCommand: Command {
    package static let name = "sqs.TagQueue"

    package let queue: String
    package let added: [Tag]
    package let removed: [String]

    package init(queue: String, added: [Tag] = [], removed: [String] = []) {
        self.queue = queue
        self.added = added
        self.removed = removed
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.tag(queue, with: added, at: now)
        try world.queues.untag(queue, keys: removed, at: now)
    }
}

/// Adds a statement to a queue's policy.
package struct AddPermissionCommand: Command {
    package static let name = "sqs.AddPermission"

    package let queue: String
    package let label: String
    package let accounts: [String]
    package let actions: [String]

    package init(queue: String, label: String, accounts: [String], actions: [String]) {
        self.queue = queue
        self.label = label
        self.accounts = accounts
        self.actions = actions
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.addPermission(label: label, accounts: accounts, actions: actions, to: queue, at: now)
    }
}

/// Removes a statement from a queue's policy.
package struct RemovePermissionCommand: Command {
    package static let name = "sqs.RemovePermission"

    package let queue: String
    package let label: String

    package init(queue: String, label: String) {
        self.queue = queue
        self.label = label
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.queues.removePermission(label: label, from: queue, at: now)
    }
}

/// Begins to move the messages of a dead-letter queue; replies with the task's handle.
package struct StartMessageMoveTaskCommand: Command {
    package static let name = "sqs.StartMessageMoveTask"

    package let sourceARN: String
    package let destinationARN: String?
    package let messagesPerSecond: Int?

    package init(sourceARN: String, destinationARN: String?, messagesPerSecond: Int?) {
        self.sourceARN = sourceARN
        self.destinationARN = destinationARN
        self.messagesPerSecond = messagesPerSecond
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> String {
        try world.queues.startMoveTask(
            from: sourceARN, to: destinationARN, messagesPerSecond: messagesPerSecond, at: now)
    }
}

/// Ends a move task; replies with how many messages it had moved.
package struct CancelMessageMoveTaskCommand: Command {
    package static let name = "sqs.CancelMessageMoveTask"

    package let handle: String

    package init(handle: String) {
        self.handle = handle
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) -> Int {
        try world.queues.cancelMoveTask(handle: handle, at: now)
    }
}
