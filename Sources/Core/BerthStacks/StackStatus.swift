/// What becomes of a stack as a whole.
package enum StackStatus: String, Codable, Sendable {
    case createInProgress = "CREATE_IN_PROGRESS"
    case createFailed = "CREATE_FAILED"
    case createComplete = "CREATE_COMPLETE"
    case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
    case rollbackFailed = "ROLLBACK_FAILED"
    case rollbackComplete = "ROLLBACK_COMPLETE"
    case deleteInProgress = "DELETE_IN_PROGRESS"
    case deleteFailed = "DELETE_FAILED"
    case deleteComplete = "DELETE_COMPLETE"

    /// Whether resources are being taken away.
    package var isRemoving: Bool {
        self == .rollbackInProgress || self == .deleteInProgress
    }

    /// Whether something is still going on by itself.
    package var isInProgress: Bool {
        self == .createInProgress || isRemoving
    }
}

/// What becomes of one resource.
///
/// A resource that has not been begun has no status.
package enum ResourceStatus: String, Codable, Sendable {
    case createInProgress = "CREATE_IN_PROGRESS"
    case createFailed = "CREATE_FAILED"
    case createComplete = "CREATE_COMPLETE"
    case deleteInProgress = "DELETE_IN_PROGRESS"
    case deleteFailed = "DELETE_FAILED"
    case deleteComplete = "DELETE_COMPLETE"
    /// Let go of without being deleted.
    case deleteSkipped = "DELETE_SKIPPED"

    /// Whether nothing of the resource is left for the stack to care about.
    package var isGone: Bool {
        self == .deleteComplete || self == .deleteSkipped
    }
}
