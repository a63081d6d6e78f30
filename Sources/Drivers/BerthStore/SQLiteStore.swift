package import BerthEngine
import BerthKernel
package import Foundation
import GRDB
import Synchronization

/// What an acknowledged commit survives.
package enum Durability: String, Sendable, CaseIterable {
    /// The end of the process and of the computer's power: the disk is synchronized before each reply.
    case fsync
    /// The end of the process.
    ///
    /// A power failure may take the last moments with it, but leaves no damage.
    case buffered
}

/// Journal and bodies in one SQLite database, snapshots in files beside it.
///
/// A group commit is one transaction: one row of commands, one row of bodies. The directory belongs to one
/// process at a time.
package final class SQLiteStore: Journal, PayloadStore {
    private let pool: DatabasePool
    private let snapshots: SnapshotDirectory
    private let lock: Mutex<DirectoryLock?>

    /// Opens the store in `directory`, creating both when they do not exist.
    ///
    /// Throws ``StoreError`` and changes nothing when the directory is in use, is not Berth's, was written by
    /// a newer version or is damaged.
    package init(directory: URL, durability: Durability = .fsync) throws {
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw StoreError(.unavailable, "\(directory.path) cannot be created.", cause: error)
        }
        try DirectoryInspection.check(directory)
        lock = Mutex(try DirectoryLock(directory: directory))
        snapshots = SnapshotDirectory(directory: directory)
        let path = directory.appending(path: "journal.sqlite").path
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration())
            try StoreSchema.prepare(pool)
            try set(durability)
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB: throw StoreError(.foreign, "\(path) is not a database.", cause: error)
            case .SQLITE_CORRUPT: throw StoreError(.corrupt, "\(path) is damaged.", cause: error)
            default: throw StoreError(.unavailable, "\(path) cannot be opened.", cause: error)
            }
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "berth-store"
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // Bodies are written once and dropped whole: fewer, larger checkpoints copy fewer of them twice.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            // On Apple systems fsync does not reach the disk; this does. No effect elsewhere.
            try db.execute(sql: "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
        }
        return configuration
    }

    /// Sets how hard SQLite tries, and makes sure that it listened.
    ///
    /// GRDB sets NORMAL when it turns on the WAL, after `prepareDatabase`; a FULL set there is lost.
    private func set(_ durability: Durability) throws {
        let level = durability == .fsync ? 2 : 1
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(level)") }
        guard try synchronousLevel() == level else {
            throw StoreError(.unavailable, "SQLite does not accept synchronous = \(level).")
        }
    }

    /// What the writing connection really does: 2 is FULL, 1 is NORMAL.
    func synchronousLevel() throws -> Int? {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    package func latestSnapshot() throws -> Snapshot? {
        if let snapshot = try snapshots.latest() { return snapshot }
        let entries = try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journal") ?? 0 }
        guard entries == 0 else {
            throw StoreError(
                .corrupt, "\(snapshots.directory.path) has a journal, but the snapshot before it is missing.")
        }
        return nil
    }

    package func replay(after sequence: UInt64, _ body: (JournalEntry) throws -> Void) throws {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT sequence, instant, payloadCount, commands FROM journal
                    WHERE sequence > ? ORDER BY sequence
                    """,
                arguments: [Int64(sequence)])
            while let row = try rows.next() {
                try body(
                    JournalEntry(
                        sequence: UInt64(row[0] as Int64), instant: Instant(microseconds: row[1]),
                        commands: try row.withUnsafeData(atIndex: 3) { [UInt8]($0 ?? Data()) }, payloadCount: row[2]))
            }
        }
    }

    package func append(_ commit: Commit) throws {
        try pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                let entry = commit.entry
                try db.cachedStatement(
                    sql: "INSERT INTO journal (sequence, instant, payloadCount, commands) VALUES (?, ?, ?, ?)"
                ).execute(arguments: [
                    Int64(entry.sequence), entry.instant.microseconds, entry.payloadCount, Data(entry.commands),
                ])
                if !commit.payloads.isEmpty {
                    try db.cachedStatement(sql: "INSERT INTO segment (id, bytes) VALUES (?, ?)")
                        .execute(arguments: [Int64(entry.sequence), Data(commit.payloads)])
                }
                for segment in commit.droppedSegments {
                    try db.cachedStatement(sql: "DELETE FROM segment WHERE id = ?").execute(arguments: [Int64(segment)])
                }
                return .commit
            }
        }
    }

    package func save(_ snapshot: Snapshot) throws {
        try snapshots.save(snapshot) { try forgetEntries(upTo: snapshot.sequence) }
    }

    /// In pieces, because appends wait meanwhile.
    private func forgetEntries(upTo sequence: UInt64) throws {
        var forgotten = 0
        repeat {
            forgotten = try pool.write { db in
                try db.execute(
                    sql: """
                        DELETE FROM journal
                        WHERE sequence IN (SELECT sequence FROM journal WHERE sequence <= ? LIMIT 1000)
                        """,
                    arguments: [Int64(sequence)])
                return db.changesCount
            }
        } while forgotten > 0
    }

    package func segment(_ id: UInt64) throws -> [UInt8]? {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "SELECT bytes FROM segment WHERE id = ?"), arguments: [Int64(id)])
            guard let row = try rows.next() else { return nil }
            return try row.withUnsafeData(atIndex: 0) { [UInt8]($0 ?? Data()) }
        }
    }

    package func close() throws {
        // Everything in one file: the next start can then see by reading alone whether it is whole.
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        lock.withLock { $0 = nil }
    }
}
