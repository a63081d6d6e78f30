import BerthKernel
import BerthWorld
import Logging

extension EngineLoop {
    /// The world as the store remembers it, brought up to the present.
    ///
    /// The effects of the replay are not performed again: what should run is asked of the recovered state,
    /// which knows better than a list of old orders. Long polls end where the journal ends, before the time
    /// of the outage passes, so that nothing is handed to clients that are gone.
    static func recover(_ outside: Surroundings) throws -> EngineLoop {
        var loop = try load(outside)
        try loop.replay()
        try loop.forgetWaiters()
        try loop.catchUp()
        return loop
    }

    private static func load(_ outside: Surroundings) throws -> EngineLoop {
        let policy = { (size: Int, sequence: UInt64) in
            SnapshotPolicy(
                journal: outside.journal, minimumBytes: outside.configuration.snapshotAfterBytes,
                lastSize: size, lastSequence: sequence, logger: outside.logger)
        }
        guard let snapshot = try outside.journal.latestSnapshot() else {
            // The first snapshot is what fixes the world's seed and start; without it no entry means anything.
            let world = World(configuration: outside.newWorld)
            let bytes = try EngineState(world: world, ledger: PayloadLedger()).encoded()
            try outside.journal.save(Snapshot(sequence: 0, bytes: bytes))
            return EngineLoop(
                outside: outside, world: world, ledger: PayloadLedger(), sequence: 0, snapshots: policy(bytes.count, 0))
        }
        let state: EngineState
        do {
            state = try EngineState(encoded: snapshot.bytes)
        } catch {
            throw EngineError(.unreadableHistory, "The snapshot cannot be read by this version.", cause: error)
        }
        return EngineLoop(
            outside: outside, world: state.world, ledger: state.ledger, sequence: snapshot.sequence,
            snapshots: policy(snapshot.bytes.count, snapshot.sequence))
    }

    private mutating func replay() throws {
        let first = sequence + 1
        try outside.journal.replay(after: sequence) { entry in
            guard entry.sequence == sequence + 1 else {
                throw EngineError(
                    .unreadableHistory, "The journal lacks entry \(sequence + 1); the next is \(entry.sequence).")
            }
            try apply(entry)
            sequence = entry.sequence
            snapshots.noteAppended(bytes: entry.commands.count)
        }
        guard sequence >= first else { return }
        outside.logger.info("Replayed the journal.", metadata: ["entries": "\(sequence - first + 1)"])
    }

    private mutating func apply(_ entry: JournalEntry) throws {
        guard entry.instant >= world.now else {
            throw EngineError(.unreadableHistory, "Entry \(entry.sequence) of the journal goes back in time.")
        }
        world.advance(to: entry.instant)
        for command in try CommandCoding.commands(in: entry.commands, registry: outside.registry) {
            do {
                try replay(command, at: entry.instant)
            } catch {
                throw EngineError(
                    .unreadableHistory,
                    "Entry \(entry.sequence) of the journal was accepted once and is refused now.", cause: error)
            }
        }
        // Bodies whose release is repeated here were dropped long ago; dropping them again is harmless.
        ledger.open(entry.sequence, bodies: entry.payloadCount)
        for case .releasePayloads(let references) in world.drainEffects() { ledger.release(references) }
    }

    private mutating func replay<C: Command>(_ command: C, at instant: Instant) throws {
        _ = try world.send(command, at: instant)
    }

    private mutating func forgetWaiters() throws {
        var draft = CommitDraft(sequence: sequence + 1)
        try perform(outside.commands.forgetWaiters, writing: &draft)
        try commit(draft, at: world.now, effects: world.drainEffects())
    }

    private mutating func perform<C: Command>(_ command: C, writing draft: inout CommitDraft) throws {
        _ = try draft.carryOut(command, payloads: [], in: &world, at: world.now)
    }

    /// Lets the time of the outage pass and gives the runtime its standing orders.
    private mutating func catchUp() throws {
        world.advance(to: max(outside.clock.now(), world.now))
        for case .releasePayloads(let references) in world.drainEffects() { ledger.release(references) }
        let launches = outside.commands.launches(world)
        outside.runtime.recover(launches)
        for launch in launches { outside.runtime.start(launch) }
        for (task, generation) in outside.commands.stops(world) {
            outside.runtime.stop(task, generation: generation)
        }
    }
}
