package import BerthKernel

/// Keeps the accepted commands of a world, so that replaying them onto a snapshot gives the world again.
///
/// The engine appends from one thread; `save` may run on another at the same time. A failed append is
/// final: the engine stops, because what the disk holds is then unknown.
package protocol Journal: Sendable {
    /// The newest complete snapshot, or `nil` for a store that has never held a world.
    func latestSnapshot() throws -> Snapshot?

    /// Hands over every entry after `sequence`, oldest first and without a gap.
    func replay(after sequence: UInt64, _ body: (JournalEntry) throws -> Void) throws

    /// Keeps one group commit, all of it or nothing.
    ///
    /// When it returns, the entry survives what the journal's durability promises to survive.
    func append(_ commit: Commit) throws

    /// Keeps a snapshot, after which the entries it contains may be forgotten.
    func save(_ snapshot: Snapshot) throws

    /// Lets go of the store; nothing is called afterwards.
    func close() throws
}

/// Hands out the bodies that came with commits.
package protocol PayloadStore: Sendable {
    /// The bodies of one commit in one piece, or `nil` when they were dropped.
    func segment(_ id: UInt64) throws -> [UInt8]?
}

/// What one pass of the engine makes durable together, with one synchronization of the disk.
package struct Commit: Sendable {
    package let entry: JournalEntry
    /// The bodies that came with the entry's commands, end to end.
    ///
    /// Their segment is the entry's sequence.
    package let payloads: [UInt8]
    /// Segments that no message refers to any more.
    package let droppedSegments: [UInt64]

    package init(entry: JournalEntry, payloads: [UInt8] = [], droppedSegments: [UInt64] = []) {
        self.entry = entry
        self.payloads = payloads
        self.droppedSegments = droppedSegments
    }
}

/// The commands that were accepted at one instant.
///
/// None at all means: time had consequences here that somebody was told of.
package struct JournalEntry: Sendable, Equatable {
    /// Counts from 1 without gaps.
    package let sequence: UInt64
    package let instant: Instant
    /// Names and encodings, as ``CommandCoding`` writes them.
    package let commands: [UInt8]
    /// How many bodies were stored with the commands.
    package let payloadCount: Int

    package init(sequence: UInt64, instant: Instant, commands: [UInt8], payloadCount: Int) {
        self.sequence = sequence
        self.instant = instant
        self.commands = commands
        self.payloadCount = payloadCount
    }
}

/// A world as bytes, together with where in the journal it stands.
package struct Snapshot: Sendable, Equatable {
    /// The last entry whose consequences it contains; 0 when the world is new.
    package let sequence: UInt64
    package let bytes: [UInt8]

    package init(sequence: UInt64, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// Which layout of snapshots, entries and commands this version writes.
///
/// Counted up with every change that older code could misread. A store of another version is migrated by
/// whoever raises the number, or refused when it is newer.
package enum StoredFormat {
    package static let version = 1
}
