import Foundation
import GRDB

/// Looks at a directory before anything in it is touched.
///
/// Opening a database already writes to it: SQLite switches it to a write-ahead log. Somebody else's file and a
/// damaged one must stay byte for byte what they are, so they are recognized by reading alone.
enum DirectoryInspection {
    /// What a server and its commands put into a data directory.
    private static let ownNames = [
        "images.json", "journal.sqlite", "journal.sqlite-shm", "journal.sqlite-wal", "lock", "logs", "port",
        "server.log", "tasks",
    ]

    /// Throws ``StoreError`` when the directory is not to be used.
    static func check(_ directory: URL) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        let database = directory.appending(path: "journal.sqlite")
        let isBerths = names.contains("journal.sqlite")
        let foreign = names.filter { !ownNames.contains($0) && !SnapshotDirectory.isSnapshot($0) }.sorted()
        if let first = foreign.first, !isBerths {
            throw StoreError(
                .foreign,
                "\(directory.path) holds files that are not Berth's (\(first)). Choose an empty or a new directory.")
        }
        guard isBerths else { return }
        // A log beside it means that the last server crashed: only together with the log is the file whole.
        let log = directory.appending(path: "journal.sqlite-wal").path
        let logSize = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
        let hasLog = logSize ?? 0 > 0
        try checkHeader(of: database, isWhole: !hasLog)
        if !hasLog { try checkContents(of: database) }
    }

    /// A database begins with SQLite's name and says how many pages it has; when it is whole, it has them.
    ///
    /// A crash while the log was copied back may leave a file that is shorter than it says.
    private static func checkHeader(of database: URL, isWhole: Bool) throws {
        let handle = try FileHandle(forReadingFrom: database)
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        guard size > 0 else { return }
        try handle.seek(toOffset: 0)
        let header = [UInt8](try handle.read(upToCount: 100) ?? Data())
        guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw StoreError(.foreign, "\(database.path) is damaged, or is not a database at all.")
        }
        let stated = UInt64(bigEndian(header[16..<18])) * UInt64(bigEndian(header[28..<32]))
        guard size >= stated || !isWhole else {
            throw StoreError(
                .corrupt, "\(database.path) is damaged: it has \(size) bytes, and should have \(stated).")
        }
    }

    private static func checkContents(of database: URL) throws {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: database.path, configuration: configuration)
            try queue.read { try StoreSchema.check($0, path: database.path) }
            try queue.close()
        } catch let error as DatabaseError {
            throw StoreError(.corrupt, "\(database.path) is damaged.", cause: error)
        }
    }

    private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
