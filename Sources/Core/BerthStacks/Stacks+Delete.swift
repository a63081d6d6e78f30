package import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// Takes a stack down, in the reverse of the order in which it was built.
    ///
    /// A name that no stack has is no error, as on AWS; nor is a stack that is being deleted already. A stack that
    /// is still being built stops building first. What is `retained` is let go of instead of deleted, which AWS
    /// allows only after a deletion has failed.
    package mutating func delete(
        _ nameOrARN: String, retaining retained: [String] = [], at now: Instant
    ) throws(Refusal) {
        guard let stack = stack(nameOrARN), stack.status != .deleteComplete, stack.status != .deleteInProgress else {
            return
        }
        guard !stack.isProtected else { throw .stackProtected(stack.name) }
        guard retained.isEmpty || stack.status == .deleteFailed else { throw .retainNeedsFailedDelete(stack.name) }
        for logicalID in retained where stack.resources[logicalID] == nil {
            throw .stackResourceDoesNotExist(logicalID, stack: stack.name)
        }
        cancelCreations(in: stack.id, at: now)
        change(stack.id, to: .deleteInProgress, reason: "User Initiated", at: now)
        for logicalID in retained where stack.resources[logicalID]?.status?.isGone == false {
            change(logicalID, in: stack.id, to: .deleteSkipped, at: now)
        }
        retryFailedDeletions(in: stack.id)
        decide(stack.id, "Stack \(stack.name) is being deleted: \(stack.remains) resources to take down.", at: now)
        proceed(stack.id, at: now)
    }

    /// Ends creations that are under way, so that what they made can be deleted.
    ///
    /// Their generation moves on: whoever still works on one finds it is no longer wanted.
    mutating func cancelCreations(in id: UniqueID, at now: Instant) {
        for logicalID in stacks[id]?.resources(with: .createInProgress) ?? [] {
            stacks[id]?.resources[logicalID]?.generation += 1
            change(logicalID, in: id, to: .createFailed, reason: "Resource creation cancelled", at: now)
        }
    }

    /// Asks for the deletion of everything that nothing else needs any more.
    mutating func beginDeletions(in id: UniqueID, at now: Instant) {
        while let logicalID = stacks[id]?.nextToDelete {
            beginDeletion(of: logicalID, in: id, at: now)
        }
        guard let stack = stacks[id], stack.resources(with: .deleteInProgress).isEmpty else { return }
        finishRemoving(stack, at: now)
    }

    private mutating func beginDeletion(of logicalID: String, in id: UniqueID, at now: Instant) {
        guard let stack = stacks[id], let resource = stack.resources[logicalID] else { return }
        let policy = stack.template.resources[logicalID]?.deletionPolicy ?? .delete
        let isRollback = stack.status == .rollbackInProgress
        if resource.physicalID == nil {
            // Never came to exist: there is nothing to delete and nobody to ask.
            change(logicalID, in: id, to: .deleteComplete, at: now)
        } else if policy == .retain || policy == .retainExceptOnCreate && !isRollback {
            change(logicalID, in: id, to: .deleteSkipped, at: now)
        } else {
            change(logicalID, in: id, to: .deleteInProgress, at: now)
            ask(for: .delete, of: logicalID, in: id, at: now)
        }
    }

    private mutating func finishRemoving(_ stack: Stack, at now: Instant) {
        let isRollback = stack.status == .rollbackInProgress
        let failed = stack.resources(with: .deleteFailed)
        guard failed.isEmpty else {
            let reason = "The following resource(s) failed to delete: [\(failed.joined(separator: ", "))]. "
            change(stack.id, to: isRollback ? .rollbackFailed : .deleteFailed, reason: reason, at: now)
            decide(
                stack.id,
                "Stack \(stack.name) cannot be taken down: \(failed.count) resources failed to delete, "
                    + "\(failed.joined(separator: ", ")).", at: now)
            return
        }
        change(stack.id, to: isRollback ? .rollbackComplete : .deleteComplete, reason: nil, at: now)
        guard !isRollback else {
            decide(stack.id, "Stack \(stack.name) is rolled back: nothing of it is left but its history.", at: now)
            return
        }
        decide(stack.id, "Stack \(stack.name) is gone: all its resources are deleted or let go of.", at: now)
        stacks[stack.id]?.deletedAt = now
        live[stack.name] = nil
        forgetOldest()
    }

    private mutating func retryFailedDeletions(in id: UniqueID) {
        for logicalID in stacks[id]?.resources(with: .deleteFailed) ?? [] {
            stacks[id]?.resources[logicalID]?.status = .createComplete
        }
    }

    private mutating func forgetOldest() {
        let deleted = stacks.values.filter { $0.status == .deleteComplete }
        for stack in deleted.dropLast(settings.deletedStacksKept) {
            stacks[stack.id] = nil
        }
    }
}

extension Stack {
    /// The last resource of the template that exists, is left alone so far, and is needed by nothing that exists.
    fileprivate var nextToDelete: String? {
        resources.values.last { resource in
            guard let status = resource.status, status == .createComplete || status == .createFailed else {
                return false
            }
            return graph.dependents(of: resource.logicalID).allSatisfy { dependent in
                resources[dependent]?.status?.isGone ?? true
            }
        }?.logicalID
    }

    fileprivate var remains: Int {
        resources.values.count { $0.status?.isGone == false }
    }
}
