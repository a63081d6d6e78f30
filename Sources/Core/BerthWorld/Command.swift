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
