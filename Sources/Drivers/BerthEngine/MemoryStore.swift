import Synchronization

/// A store that forgets everything with the process: for `--ephemeral` servers and for tests.
///
/// Handing the same store to a second engine is what a restart would be if memory survived.
package final class MemoryStore: Journal, PayloadStore {
    private struct Contents {
        var snapshot: Snapshot?
        var entries: [JournalEntry] = []
        var segments: [UInt64: [UInt8]] = [:]
    }

    private let contents = Mutex(Contents())

    package init() {}

    package func latestSnapshot() -> Snapshot? {
        contents.withLock { $0.snapshot }
    }

    package func replay(after sequence: UInt64, _ body: (JournalEntry) throws -> Void) throws {
        for entry in contents.withLock({ $0.entries }) where entry.sequence > sequence {
            try body(entry)
        }
    }

    package func append(_ commit: Commit) {
        contents.withLock { contents in
            contents.entries.append(commit.entry)
            if !commit.payloads.isEmpty { contents.segments[commit.entry.sequence] = commit.payloads }
            for segment in commit.droppedSegments { contents.segments[segment] = nil }
        }
    }

    package func save(_ snapshot: Snapshot) {
        contents.withLock { contents in
            contents.snapshot = snapshot
            contents.entries.removeAll { $0.sequence <= snapshot.sequence }
        }
    }

    package func close() {}

    package func segment(_ id: UInt64) -> [UInt8]? {
        contents.withLock { $0.segments[id] }
    }
}
