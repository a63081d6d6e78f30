/// Why a data directory cannot be used, in words for the person who chose it.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// Another process uses the directory.
        case inUse
        /// What is there was not written by Berth.
        case foreign
        /// A newer version of Berth wrote it.
        case newer
        /// It was written by Berth and is damaged.
        case corrupt
        /// The operating system refused.
        case unavailable
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        guard let cause else { return message }
        return "\(message) Cause: \(cause)"
    }
}
