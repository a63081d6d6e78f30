/// Why the engine itself, and not the world, did not carry out a request.
package struct EngineError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// More requests wait than the mailbox holds.
        ///
        /// Worth trying again.
        case overloaded
        /// The engine has stopped or is stopping.
        case stopped
        /// The journal could not be written; the request may or may not survive a restart.
        case journalFailed
        /// What the store holds cannot be replayed by this version.
        case unreadableHistory
        /// The command could not be written down, so it was not carried out.
        case unencodable
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        guard let cause else { return message }
        return "\(message) Cause: \(cause)"
    }

    static let stopped = EngineError(.stopped, "The engine has stopped.")
    static let overloaded = EngineError(.overloaded, "Too many requests are waiting.")
}
