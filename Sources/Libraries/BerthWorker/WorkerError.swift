/// Why a worker cannot go on.
public struct WorkerError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The configuration, the queue's URL or the environment is unusable.
        case configuration
        /// No credentials were found, or the place they come from did not give any.
        case credentials
        /// The queue refused a call in a way that trying again does not change.
        case refused
    }

    public let code: Code
    public let message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
