package import BerthKernel

/// One AWS region of one account as a value: everything that decides.
///
/// A world knows nothing of clocks, sockets, disks or processes. Whoever drives it says what time it is,
/// hands in commands, and performs the effects it returns; the server and the simulator are two such
/// drivers. A copy is a snapshot, and equal histories give equal worlds.
package struct World: Sendable, Equatable, Codable {
    package let configuration: WorldConfiguration
    /// The latest instant the world has seen. Instants never go back.
    package internal(set) var now: Instant

    var effects: [Effect] = []

    package init(configuration: WorldConfiguration) {
        self.configuration = configuration
        now = configuration.startedAt
    }

    /// The next moment at which time alone will change something, or `nil` if nothing is due ever.
    package var nextDeadline: Instant? {
        nil
    }

    /// Lets time pass. Every deadline up to `now` is met at its own moment and in order, so that many small
    /// steps and one large step end in the same state.
    package mutating func advance(to now: Instant) {
        precondition(now >= self.now, "a world's time never goes back")
        self.now = now
    }

    /// Carries out a command at `now`, after all that time alone causes until then.
    ///
    /// A refusal leaves the world as time alone would have left it.
    package mutating func send<C: Command>(_ command: C, at now: Instant) throws(Refusal) -> C.Reply {
        advance(to: now)
        return try command.perform(in: &self, at: now)
    }

    /// What is to be done outside, in order, since this was last asked.
    package mutating func drainEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    private enum CodingKeys: CodingKey {
        case configuration, now
    }
}
