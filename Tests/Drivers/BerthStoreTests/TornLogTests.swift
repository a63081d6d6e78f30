import BerthDriverContracts
import BerthEngine
import BerthKernel
import Foundation
import Testing

@testable import BerthStore

/// What a power failure may do to the end of the write-ahead log.
@Suite(.timeLimit(.minutes(2)))
struct TornLogTests {
    /// A store that crashed after twenty commits, and how long its log was after each.
    private func crashed() throws -> (TemporaryDirectory, [Int]) {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(directory: directory.url)
        try store.save(Snapshot(sequence: 0, bytes: []))
        var lengths: [Int] = []
        for sequence in 1...20 {
            try store.append(
                StoreContract.commit(UInt64(sequence), payloads: Array(repeating: UInt8(sequence), count: 5_000)))
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("journal.sqlite-wal").path)
            lengths.append(try #require(attributes[.size] as? Int))
        }
        let copy = try directory.copy()
        try store.close()
        return (copy, lengths)
    }

    /// The entries found after `harm` was done to the log.
    ///
    /// They must be a prefix, each with its body.
    private func entries(of crashed: TemporaryDirectory, after harm: (inout Data) -> Void) throws -> Int {
        let copy = try crashed.copy()
        let log = copy.file("journal.sqlite-wal")
        var content = try Data(contentsOf: log)
        harm(&content)
        try content.write(to: log)
        let store = try SQLiteStore(directory: copy.url)
        let entries = try StoreContract.entries(of: store)
        #expect(entries.map(\.sequence) == (0..<entries.count).map { UInt64($0 + 1) })
        for entry in entries {
            #expect(try store.segment(entry.sequence)?.count == 5_000)
        }
        #expect(try store.segment(UInt64(entries.count + 1)) == nil, "no body without its entry")
        try store.close()
        return entries.count
    }

    @Test func `a log cut off anywhere holds the commits that were whole, and no more`() throws {
        let (crashed, lengths) = try crashed()
        var random = RandomStream(seed: 1, purpose: "cuts")
        let full = try #require(lengths.last)
        #expect(try entries(of: crashed) { _ in } == 20)
        for _ in 0..<40 {
            let cut = lengths[0] + random.nextIndex(below: full - lengths[0])
            let whole = lengths.filter { $0 <= cut }.count
            #expect(try entries(of: crashed) { $0 = $0.prefix(cut) } == whole, "cut at \(cut)")
        }
    }

    @Test func `a crash while the log is copied back loses nothing`() throws {
        let (crashed, _) = try crashed()
        let log = try Data(contentsOf: crashed.file("journal.sqlite-wal"))
        try SQLiteStore(directory: crashed.url).close()
        let database = crashed.file("journal.sqlite")
        let whole = try Data(contentsOf: database)

        // The first page, which counts them all, is copied before the last.
        for missing in [1, 7, 20] {
            try whole.dropLast(missing * 4_096).write(to: database)
            try log.write(to: crashed.file("journal.sqlite-wal"))
            #expect(try entries(of: crashed) { _ in } == 20, "\(missing) pages missing")
        }
    }

    @Test func `a damaged page ends the log before its commit`() throws {
        let (crashed, lengths) = try crashed()
        var random = RandomStream(seed: 2, purpose: "damage")
        for _ in 0..<20 {
            let full = try #require(lengths.last)
            let offset = lengths[0] + random.nextIndex(below: full - lengths[0])
            let whole = lengths.filter { $0 <= offset }.count
            #expect(try entries(of: crashed) { $0[offset] ^= 0xff } == whole, "damaged at \(offset)")
        }
    }
}
