package import BerthEngine
import BerthKernel
import Testing

/// What every store must hold to, whatever it is made of.
///
/// A test target calls each rule with a way to make an empty store and, for the rules about restarts, a way to
/// open the same store again as after a crash, without having closed it.
package enum StoreContract {
    package typealias Store = any Journal & PayloadStore

    /// A commit of which a test sets only what it is about.
    package static func commit(
        _ sequence: UInt64, commands: [UInt8] = [1, 2, 3], payloads: [UInt8] = [], dropping: [UInt64] = []
    ) -> Commit {
        Commit(
            entry: JournalEntry(
                sequence: sequence, instant: .seconds(Int64(sequence)), commands: commands,
                payloadCount: payloads.isEmpty ? 0 : 1),
            payloads: payloads, droppedSegments: dropping)
    }

    /// All entries behind `sequence`, oldest first.
    package static func entries(of store: Store, after sequence: UInt64 = 0) throws -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try store.replay(after: sequence) { entries.append($0) }
        return entries
    }

    /// Nothing is there before something was kept.
    package static func aNewStoreIsEmpty(_ store: Store) throws {
        #expect(try store.latestSnapshot() == nil)
        #expect(try entries(of: store) == [])
        #expect(try store.segment(1) == nil)
    }

    /// What was appended is replayed, whole and in its order.
    package static func entriesComeBackAsTheyWereInOrder(_ store: Store) throws {
        try store.save(Snapshot(sequence: 0, bytes: [7]))
        let commits = (1...20).map { commit($0, commands: Array(repeating: UInt8($0), count: Int($0) * 100)) }
        for commit in commits { try store.append(commit) }
        #expect(try entries(of: store) == commits.map(\.entry))
        #expect(try entries(of: store, after: 18) == commits.suffix(2).map(\.entry))
    }

    /// An entry may only say that time passed.
    package static func anEntryMayHaveNoCommands(_ store: Store) throws {
        try store.save(Snapshot(sequence: 0, bytes: []))
        try store.append(commit(1, commands: []))
        #expect(try entries(of: store).map(\.commands) == [[]])
    }

    /// Bodies can be read until the commit that drops their segment, and not afterwards.
    package static func bodiesStayUntilTheirSegmentIsDropped(_ store: Store) throws {
        try store.save(Snapshot(sequence: 0, bytes: []))
        try store.append(commit(1, payloads: [1, 1]))
        try store.append(commit(2, payloads: [2, 2]))
        #expect(try store.segment(1) == [1, 1])
        try store.append(commit(3, dropping: [1]))
        #expect(try store.segment(1) == nil)
        #expect(try store.segment(2) == [2, 2])
        try store.append(commit(4, payloads: [4], dropping: [1, 2, 4]))
        #expect(try store.segment(4) == nil, "bodies that were released at once are not kept")
    }

    /// Entries that a snapshot contains are not replayed again.
    package static func aSnapshotReplacesTheEntriesItContains(_ store: Store) throws {
        try store.save(Snapshot(sequence: 0, bytes: []))
        for sequence in 1...2_500 { try store.append(commit(UInt64(sequence), payloads: [9])) }
        let snapshot = Snapshot(sequence: 2_400, bytes: Array(repeating: 5, count: 100_003))
        try store.save(snapshot)
        #expect(try store.latestSnapshot() == snapshot)
        #expect(try entries(of: store).map(\.sequence) == Array(2_401...2_500))
        #expect(try store.segment(1) == [9], "bodies outlive the entries that brought them")
    }

    /// A snapshot, the entries behind it and their bodies are there again after `reopen`.
    package static func everythingSurvivesACrash(_ store: Store, reopen: (Store) throws -> Store) throws {
        try store.save(Snapshot(sequence: 0, bytes: [1]))
        try store.append(commit(1, payloads: [1]))
        try store.save(Snapshot(sequence: 1, bytes: [2]))
        try store.append(commit(2, payloads: [2]))
        let again = try reopen(store)
        #expect(try again.latestSnapshot() == Snapshot(sequence: 1, bytes: [2]))
        #expect(try entries(of: again) == [commit(2, payloads: [2]).entry])
        #expect(try again.segment(1) == [1])
        #expect(try again.segment(2) == [2])
    }
}
