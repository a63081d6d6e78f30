import BerthKernel
import BerthWorld
import Foundation
import Logging

/// What the engine's thread does.
///
/// Exists on that thread only, and the world exists only in here.
struct EngineLoop {
    /// Everything outside the world that the loop touches.
    struct Surroundings: Sendable {
        let newWorld: WorldConfiguration
        let journal: any Journal
        let runtime: any TaskRuntime
        let commands: EngineCommands
        let registry: CommandRegistry
        let clock: EngineClock
        let configuration: EngineConfiguration
        let logger: Logger
        let mailbox: Mailbox
        let decisionFeed: DecisionFeed
        let bodies: PayloadCache
    }

    let outside: Surroundings
    var world: World
    var ledger: PayloadLedger
    /// The last entry in the journal.
    var sequence: UInt64
    var openWaits = OpenWaits()
    var snapshots: SnapshotPolicy

    /// Recovers the world and drives it until the mailbox is closed and empty.
    static func run(_ outside: Surroundings) throws {
        defer { outside.decisionFeed.finish() }
        do {
            var loop = try recover(outside)
            try loop.drive()
        } catch {
            outside.logger.critical("The engine stops.", metadata: ["error": "\(error)"])
            outside.mailbox.close()
            let failure = error as? EngineError ?? .stopped
            while let left = outside.mailbox.take(timeout: .zero) {
                for submission in left { submission.fail(failure) }
            }
            throw error
        }
    }

    private mutating func drive() throws {
        defer { openWaits.failAll(.stopped) }
        while let submissions = outside.mailbox.take(timeout: timeToNextDeadline()) {
            try pass(all: submissions)
            try snapshots.saveIfDue(world: world, ledger: ledger, sequence: sequence)
            // Lets those just answered ask again before the next commit, so that more share it. Worth some 6 % with
            // eight clients, nothing visible with 32 (Documentation/Performance.md).
            sched_yield()
        }
        openWaits.answerAll()
        try snapshots.saveLast(world: world, ledger: ledger, sequence: sequence)
        try outside.journal.close()
    }

    /// Sleeps no longer than a second while something is due, so that a stepped clock is soon noticed.
    private func timeToNextDeadline() -> Duration? {
        guard let deadline = world.nextDeadline else { return nil }
        let now = outside.clock.now()
        return deadline <= now ? .zero : min(deadline - now, .seconds(1))
    }

    /// Carries out what has arrived, in as many commits as the bounds demand.
    ///
    /// Without submissions this is how time alone gets its turn.
    private mutating func pass(all submissions: [any Submission]) throws {
        var rest = submissions[...]
        repeat {
            let batch = nextBatch(of: rest)
            rest = rest.dropFirst(batch.count)
            do {
                try pass(batch)
            } catch {
                let failure = error as? EngineError ?? .stopped
                for submission in rest { submission.fail(failure) }
                throw error
            }
        } while !rest.isEmpty
    }

    private func nextBatch(of rest: ArraySlice<any Submission>) -> ArraySlice<any Submission> {
        var bytes = 0
        var count = 0
        for submission in rest.prefix(outside.configuration.batchLimit) {
            bytes += submission.payloadBytes
            if count > 0, bytes > outside.configuration.batchPayloadBytes { break }
            count += 1
        }
        return rest.prefix(count)
    }

    /// Apply, journal, reply, dispatch.
    private mutating func pass(_ batch: ArraySlice<any Submission>) throws {
        let now = max(outside.clock.now(), world.now)
        var draft = CommitDraft(sequence: sequence + 1)
        world.advance(to: now)
        for submission in batch {
            submission.perform(in: &world, at: now, writing: &draft)
        }
        let effects = world.drainEffects()
        do {
            try commit(draft, at: now, effects: effects)
        } catch {
            let failure = EngineError(.journalFailed, "The journal could not be written.", cause: error)
            for submission in batch { submission.fail(failure) }
            throw failure
        }
        for submission in batch {
            submission.answer(from: world, openWaits: &openWaits)
        }
        for effect in effects { dispatch(effect) }
    }

    /// Makes the pass durable if it changed anything, or if time alone handed out messages: their receipt
    /// handles must mean something after a restart, even if the clock was set back meanwhile.
    mutating func commit(_ draft: CommitDraft, at now: Instant, effects: [Effect]) throws {
        ledger.open(draft.sequence, bodies: draft.payloadCount)
        for case .releasePayloads(let references) in effects { ledger.release(references) }
        guard !draft.isEmpty || effects.contains(where: \.handsOutMessages) else { return }
        let dropped = ledger.takeAbandoned()
        let entry = JournalEntry(
            sequence: draft.sequence, instant: now, commands: draft.commands, payloadCount: draft.payloadCount)
        try outside.journal.append(Commit(entry: entry, payloads: draft.payloads, droppedSegments: dropped))
        sequence = draft.sequence
        snapshots.noteAppended(bytes: entry.commands.count)
        outside.bodies.forget(dropped)
        if draft.payloadCount > 0 { outside.bodies.keep(draft.payloads, as: draft.sequence) }
    }

    private mutating func dispatch(_ effect: Effect) {
        switch effect {
        case .startTask(let launch): outside.runtime.start(launch)
        case .stopTask(let task, let generation): outside.runtime.stop(task, generation: generation)
        case .answerReceive(let waiter, let messages): openWaits.remove(waiter)?.deliver(messages)
        case .announce(let decision): outside.decisionFeed.announce(decision)
        case .releasePayloads: break
        }
    }
}

extension Effect {
    fileprivate var handsOutMessages: Bool {
        if case .answerReceive(_, let messages) = self { !messages.isEmpty } else { false }
    }
}
