/// A request the world does not carry out, in the words AWS uses for it.
///
/// A refusal leaves the state equal to what it was. Each machine makes its refusals in one file,
/// `…Refusal.swift`, as static functions, so that AWS's texts are found in one place; the wire adds only
/// what its protocol needs (HTTP status, legacy code).
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the error's shape in the service's model: `QueueDoesNotExist`, `ClientException`.
    public let code: String
    public let message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String {
        message.isEmpty ? code : "\(code): \(message)"
    }
}
