import BerthKernel
import BerthStacks
import BerthTemplates

extension World {
    /// Does what a stack asks for on one of its resources, and tells the stack how it went.
    mutating func provision(_ action: ResourceAction) {
        guard stacks.isCurrent(action) else { return }
        guard let type = ResourceType.named(action.type) else {
            stacks.report(.failed(reason: "Unrecognized resource type: \(action.type)"), for: action, at: now)
            return
        }
        switch action.operation {
        case .create: create(action, of: type)
        case .delete: delete(action, of: type)
        }
    }

    private mutating func create(_ action: ResourceAction, of type: ResourceType) {
        let result: ResourceResult
        do throws(Refusal) {
            result = try type.create(action, &self)
        } catch {
            result = .failed(reason: error.message, code: HandlerErrorCode(error))
        }
        if case .inProgress(let physicalID) = result {
            unsettled.append(ResourceInProgress(action: action, physicalID: physicalID))
        }
        stacks.report(result, for: action, at: now)
    }

    private mutating func delete(_ action: ResourceAction, of type: ResourceType) {
        let physicalID = action.physicalID ?? ""
        do throws(Refusal) {
            switch try type.delete(physicalID, action, &self) {
            case .done: stacks.report(.complete(physicalID: physicalID), for: action, at: now)
            case .waiting: unsettled.append(ResourceInProgress(action: action, physicalID: physicalID))
            }
        } catch {
            stacks.report(.failed(reason: error.message, code: HandlerErrorCode(error)), for: action, at: now)
        }
    }

    /// Looks again at every resource that was begun: whatever just changed may have completed it.
    mutating func reviewUnsettledResources() {
        guard !unsettled.isEmpty else { return }
        let waiting = unsettled
        unsettled = []
        for entry in waiting where stacks.isCurrent(entry.action) {
            guard let type = ResourceType.named(entry.action.type) else { continue }
            switch entry.action.operation {
            case .create:
                let result = type.progress(entry.physicalID, entry.action, self)
                if case .inProgress = result {
                    unsettled.append(entry)
                } else {
                    stacks.report(result, for: entry.action, at: now)
                }
            case .delete: delete(entry.action, of: type)
            }
        }
    }
}

extension HandlerErrorCode {
    /// The kind of failure that a service's refusal is to CloudFormation.
    fileprivate init(_ refusal: Refusal) {
        switch refusal.code {
        case "ResourceInUseException", "ResourceInUse", "UpdateInProgressException": self = .resourceConflict
        case "LimitExceededException", "LimitExceeded": self = .serviceLimitExceeded
        case "AlreadyExists", "QueueNameExists": self = .alreadyExists
        case let code where code.hasSuffix("NotFoundException") || code == "QueueDoesNotExist": self = .notFound
        default: self = .invalidRequest
        }
    }
}
