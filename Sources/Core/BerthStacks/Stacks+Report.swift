package import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// Takes note of how an action goes.
    ///
    /// An action the stack has meanwhile given up on is ignored.
    package mutating func report(_ result: ResourceResult, for action: ResourceAction, at now: Instant) {
        report(
            result, stack: action.stack, logicalID: action.logicalID, generation: action.generation, at: now)
    }

    /// Takes note of how an action goes, for whoever has kept its names and not the action itself.
    package mutating func report(
        _ result: ResourceResult, stack id: UniqueID, logicalID: String, generation: Int, at now: Instant
    ) {
        guard let resource = stacks[id]?.resources[logicalID], resource.generation == generation else { return }
        switch resource.status {
        case .createInProgress: reportCreation(result, of: resource, in: id, at: now)
        case .deleteInProgress: reportDeletion(result, of: resource, in: id, at: now)
        default: return
        }
        proceed(id, at: now)
    }

    private mutating func reportCreation(
        _ result: ResourceResult, of resource: StackResource, in id: UniqueID, at now: Instant
    ) {
        switch result {
        case .inProgress(let physicalID):
            initiate(resource, as: physicalID, in: id, at: now)
        case .complete(let physicalID, let attributes):
            initiate(resource, as: physicalID, in: id, at: now)
            stacks[id]?.resources[resource.logicalID]?.physicalID = physicalID
            stacks[id]?.resources[resource.logicalID]?.attributes = attributes
            change(resource.logicalID, in: id, to: .createComplete, at: now)
        case .failed(let reason, let code):
            failCreation(of: resource.logicalID, in: id, reason: handlerText(reason, code), at: now)
        }
    }

    /// A resource begins to exist once: its id is known, whatever is still to be waited for.
    private mutating func initiate(
        _ resource: StackResource, as physicalID: String, in id: UniqueID, at now: Instant
    ) {
        guard resource.physicalID == nil else { return }
        stacks[id]?.resources[resource.logicalID]?.physicalID = physicalID
        change(
            resource.logicalID, in: id, to: .createInProgress, reason: "Resource creation Initiated", at: now)
    }

    private mutating func reportDeletion(
        _ result: ResourceResult, of resource: StackResource, in id: UniqueID, at now: Instant
    ) {
        switch result {
        case .inProgress: break
        case .complete: change(resource.logicalID, in: id, to: .deleteComplete, at: now)
        case .failed(let reason, let code):
            change(resource.logicalID, in: id, to: .deleteFailed, reason: handlerText(reason, code), at: now)
        }
    }

    /// One resource cannot be created: the others stop, and the stack goes the way its owner chose.
    mutating func failCreation(of logicalID: String, in id: UniqueID, reason: String, at now: Instant) {
        change(logicalID, in: id, to: .createFailed, reason: reason, at: now)
        cancelCreations(in: id, at: now)
        guard let stack = stacks[id] else { return }
        let failed = stack.resources(with: .createFailed)
        let text = "The following resource(s) failed to create: [\(failed.joined(separator: ", "))]. "
        switch stack.onFailure {
        case .rollback: change(id, to: .rollbackInProgress, reason: text + "Rollback requested by user.", at: now)
        case .doNothing: change(id, to: .createFailed, reason: text, at: now)
        case .delete: change(id, to: .deleteInProgress, reason: text + "Delete requested by user.", at: now)
        }
        let built = stack.resources(with: .createComplete).count
        decide(
            id,
            "Stack \(stack.name) fails at \(logicalID) with \(built) of \(stack.resources.count) resources built: "
                + "\(reason.hasSuffix(".") ? reason : reason + ".")", at: now)
    }

    private mutating func handlerText(_ reason: String, _ code: HandlerErrorCode) -> String {
        // CloudFormation itself finds a taken name, before it calls a handler (reference, 5).
        guard code != .alreadyExists else { return reason }
        let token = UniqueID(from: &eventIDs).uuid
        return "Resource handler returned message: \"\(reason)\" (RequestToken: \(token), "
            + "HandlerErrorCode: \(code.rawValue))"
    }
}
