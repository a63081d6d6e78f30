package import BerthCapacity
package import BerthECS
package import BerthKernel
package import BerthMetrics
package import BerthQueues
package import BerthScaling
package import BerthStacks

/// One AWS region of one account as a value: everything that decides.
///
/// A world knows nothing of clocks, sockets, disks or processes. Whoever drives it says what time it is,
/// hands in commands, and performs the effects it returns; the server and the simulator are two such
/// drivers. A copy is a snapshot, and equal histories give equal worlds.
///
/// The machines inside know nothing of each other. The world alone passes what one says to the next, in
/// the order of the fields below, until none has anything more to say.
package struct World: Sendable, Equatable, Codable {
    package let configuration: WorldConfiguration
    /// The latest instant the world has seen.
    ///
    /// Instants never go back.
    package internal(set) var now: Instant
    /// The address under which clients reach this world, without a trailing slash.
    package internal(set) var endpoint = "http://127.0.0.1:4566"

    package internal(set) var queues: Queues
    package internal(set) var metrics: Metrics
    package internal(set) var scaling: Scaling
    package internal(set) var ecs: ECS
    package internal(set) var capacity: Capacity
    package internal(set) var stacks: Stacks

    /// Resources recorded for their identity and attributes only, by physical id.
    package internal(set) var recorded: RecordedResources
    package internal(set) var decisions = DecisionLog()
    package internal(set) var tally = Tally()
    /// Resources of stacks that have been begun and are not yet what was asked for.
    var unsettled: [ResourceInProgress] = []

    /// Handed to the driver and then forgotten: not part of what a world is.
    var effects: [Effect] = []

    package init(configuration: WorldConfiguration) {
        self.configuration = configuration
        now = configuration.startedAt
        let (tenancy, pace, seed) = (configuration.tenancy, configuration.pace, configuration.seed)
        queues = Queues(tenancy: tenancy, pace: pace, seed: seed)
        metrics = Metrics(tenancy: tenancy, pace: pace)
        scaling = Scaling(tenancy: tenancy, pace: pace, seed: seed)
        ecs = ECS(tenancy: tenancy, pace: pace, seed: seed)
        capacity = Capacity(tenancy: tenancy, pace: pace, seed: seed)
        stacks = Stacks(tenancy: tenancy, pace: pace, seed: seed)
        recorded = RecordedResources(seed: seed)
        settle()
    }

    /// The next moment at which time alone will change something, or `nil` if nothing is due ever.
    package var nextDeadline: Instant? {
        var earliest = Optional.earliest(queues.nextDeadline, metrics.nextDeadline)
        earliest = .earliest(earliest, scaling.nextDeadline)
        earliest = .earliest(earliest, ecs.nextDeadline)
        earliest = .earliest(earliest, capacity.nextDeadline)
        return .earliest(earliest, stacks.nextDeadline)
    }

    /// Lets time pass.
    ///
    /// Every deadline up to `now` is met at its own moment and in order, so that many small steps and one large step
    /// end in the same state.
    package mutating func advance(to now: Instant) {
        precondition(now >= self.now, "a world's time never goes back")
        meetDeadlines(until: now)
        self.now = now
    }

    private mutating func meetDeadlines(until now: Instant) {
        var passes = 0
        while let deadline = nextDeadline, deadline <= now {
            passes = deadline > self.now ? 0 : passes + 1
            precondition(passes < Self.roundLimit, "a deadline of the world is met and does not move")
            self.now = max(deadline, self.now)
            queues.advance(to: self.now)
            metrics.advance(to: self.now)
            scaling.advance(to: self.now)
            ecs.advance(to: self.now)
            capacity.advance(to: self.now)
            stacks.advance(to: self.now)
            settle()
        }
    }

    /// Carries out a command at `now`, after all that time alone causes until then.
    ///
    /// A refusal leaves the world as time alone would have left it.
    package mutating func send<C: Command>(_ command: C, at now: Instant) throws(Refusal) -> C.Reply {
        advance(to: now)
        let reply = try command.perform(in: &self, at: now)
        settle()
        // What the command caused may be due at once: policies answer the alarms of an instant together.
        meetDeadlines(until: now)
        return reply
    }

    /// What is to be done outside, in order, since this was last asked.
    package mutating func drainEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    private enum CodingKeys: CodingKey {
        case configuration, now, endpoint, queues, metrics, scaling, ecs, capacity, stacks
        case recorded, decisions, tally, unsettled
    }
}
