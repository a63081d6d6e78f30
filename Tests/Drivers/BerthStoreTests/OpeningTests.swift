import BerthDriverContracts
import BerthEngine
import Foundation
import GRDB
import Testing

@testable import BerthStore

struct OpeningTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func refusal(_ code: StoreError.Code, mentions text: String) {
        let error = #expect(throws: StoreError.self) {
            let store = try SQLiteStore(directory: directory.url)
            _ = try store.latestSnapshot()
        }
        #expect(error?.code == code)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [(Durability.fsync, 2), (.buffered, 1)])
    func `the connection that commits is as careful as promised`(durability: Durability, level: Int) throws {
        let store = try SQLiteStore(directory: directory.url, durability: durability)
        #expect(try store.synchronousLevel() == level)
        try store.append(StoreContract.commit(1))
        #expect(try store.synchronousLevel() == level)
    }

    @Test func `two servers cannot share a directory`() throws {
        let store = try SQLiteStore(directory: directory.url)
        refusal(.inUse, mentions: "is in use by process \(getpid())")
        try store.close()
    }

    @Test func `a directory is free again when its server has gone`() throws {
        try SQLiteStore(directory: directory.url).close()
        try SQLiteStore(directory: directory.url).close()
    }

    @Test func `a file that is no database is left alone`() throws {
        let notes = Data(repeating: 0x41, count: 5_000)
        try notes.write(to: directory.file("journal.sqlite"))
        refusal(.foreign, mentions: "not a database")
        #expect(try Data(contentsOf: directory.file("journal.sqlite")) == notes)
    }

    @Test func `somebody else's database is left alone`() throws {
        let other = try DatabaseQueue(path: directory.file("journal.sqlite").path)
        try other.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        try other.close()
        refusal(.foreign, mentions: "not one of Berth's")
    }

    @Test func `a database of a newer version is left alone`() throws {
        try SQLiteStore(directory: directory.url).close()
        let newer = try DatabaseQueue(path: directory.file("journal.sqlite").path)
        try newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2: from the future')") }
        try newer.close()
        refusal(.newer, mentions: "newer version of Berth")
    }

    @Test func `a journal whose snapshot is missing is refused`() throws {
        let store = try SQLiteStore(directory: directory.url)
        try store.append(StoreContract.commit(1))
        try store.close()
        refusal(.corrupt, mentions: "the snapshot before it is missing")
    }

    @Test(arguments: [0, 7, 8, 12, 20, 28, 35, 36, 40, 135])
    func `a snapshot that is damaged or cut anywhere is refused`(offset: Int) throws {
        let store = try SQLiteStore(directory: directory.url)
        try store.save(Snapshot(sequence: 5, bytes: Array(repeating: 3, count: 100)))
        try store.close()
        let file = directory.file("snapshot-5")
        let whole = try Data(contentsOf: file)
        #expect(whole.count == 136)

        var damaged = whole
        damaged[offset] ^= 0x55
        for content in [damaged, whole.prefix(offset)] {
            try content.write(to: file)
            #expect(throws: StoreError.self) {
                let snapshot = try SQLiteStore(directory: directory.url).latestSnapshot()
                // The sequence is in the name as well; a file that contradicts its name is damaged too.
                Issue.record("read \(String(describing: snapshot?.sequence))")
            }
        }
    }

    @Test func `a snapshot that was never finished does not count`() throws {
        let store = try SQLiteStore(directory: directory.url)
        let good = Snapshot(sequence: 1, bytes: [1])
        try store.save(good)
        try Data("half".utf8).write(to: directory.file("snapshot.unfinished"))
        #expect(try store.latestSnapshot() == good)
        try store.save(Snapshot(sequence: 2, bytes: [2]))
        #expect(try store.latestSnapshot()?.sequence == 2)
        #expect(!FileManager.default.fileExists(atPath: directory.file("snapshot-1").path))
    }
}
