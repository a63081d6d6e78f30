/// Bytes that are not in the format they claim to be in.
package struct FormatError: Error, Hashable, Sendable {
    /// Where reading stopped, counted in bytes from the start.
    package let offset: Int
    package let reason: String

    package init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }
}

extension FormatError: CustomStringConvertible {
    package var description: String { "\(reason) at byte \(offset)" }
}

/// Bounds that keep a hostile document from exhausting the stack.
enum FormatLimits {
    /// Deeper than any AWS input, shallow enough for a thread with a small stack.
    static let depth = 64
}
