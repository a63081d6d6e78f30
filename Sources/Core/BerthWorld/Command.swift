package import BerthKernel

/// A request that may change a world: a value that the journal can store and a replay can repeat.
///
/// The same command at the same instant on equal worlds gives equal replies and equal effects. A command
/// that cannot be carried out throws and leaves the world as it was.
package protocol Command: Codable, Sendable {
    associatedtype Reply: Sendable

    /// The command's name in journals. Part of the stored format: renaming it needs a migration.
    static var name: String { get }

    /// Takes note of where the driver stores the bodies that came with the command, in their order.
    mutating func store(payloads: [PayloadRef])

    /// Carries the command out. The world has been advanced to `now` already.
    func perform(in world: inout World, at now: Instant) throws(Refusal) -> Reply
}

extension Command {
    package mutating func store(payloads: [PayloadRef]) {}
}

/// A command whose answer may come later, as ``Effect/answerReceive(waiter:_:)``: a long poll.
///
/// The wait itself is state of the world with a deadline; the driver keeps only who is to be told.
package protocol WaitingCommand: Command {
    /// Ends the wait early because nobody listens any more. Harmless when the wait is over already.
    associatedtype Cancellation: Command

    /// Names the wait. The driver sets it before sending; never used twice in the life of a world.
    var waiter: UInt64 { get set }

    var cancellation: Cancellation { get }

    /// The messages of a reply that is complete, or `nil` when the answer is still to come.
    static func messages(in reply: Reply) -> [ReceivedMessage]?
}
