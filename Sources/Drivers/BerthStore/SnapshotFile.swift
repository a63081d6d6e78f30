import BerthEngine
import Foundation

/// Snapshots as files: `snapshot-<sequence>`, complete or not there at all.
///
/// Beside the database rather than in it, because a snapshot may be a hundred megabytes and SQLite has one
/// writer, which the journal needs. Layout, little-endian: magic, format version, sequence, length and
/// checksum of the content, content.
struct SnapshotDirectory: Sendable {
    private static let magic: [UInt8] = Array("BERTHSNP".utf8)
    private static let headerSize = 8 + 4 + 8 + 8 + 8
    private static let prefix = "snapshot-"
    private static let unfinished = "snapshot.unfinished"

    let directory: URL

    /// Whether a file of this name is a snapshot, finished or not.
    static func isSnapshot(_ name: String) -> Bool {
        name.hasPrefix(prefix) || name == unfinished
    }

    /// The newest snapshot.
    ///
    /// Damage is an error: there is no older one to fall back on without losing calls.
    func latest() throws -> Snapshot? {
        guard let newest = try sequences().last else { return nil }
        let url = url(of: newest)
        let snapshot = try read([UInt8](Data(contentsOf: url, options: .alwaysMapped)), named: url.path)
        guard snapshot.sequence == newest else { throw StoreError(.corrupt, "\(url.path) is damaged.") }
        return snapshot
    }

    /// Writes a snapshot so that it survives a power failure, then removes the older ones.
    ///
    /// Between the two, `beforeRemoving` lets go of the journal entries the new one contains.
    func save(_ snapshot: Snapshot, beforeRemoving: () throws -> Void) throws {
        let temporary = directory.appending(path: Self.unfinished).path
        let final = url(of: snapshot.sequence).path
        try writeDurably(header(of: snapshot), snapshot.bytes, to: temporary)
        guard rename(temporary, final) == 0 else { throw Self.systemError("\(final) cannot be written") }
        try synchronizeDirectory()
        try beforeRemoving()
        for older in try sequences() where older < snapshot.sequence {
            unlink(url(of: older).path)
        }
    }

    private func url(of sequence: UInt64) -> URL {
        directory.appending(path: Self.prefix + String(sequence))
    }

    private func sequences() throws -> [UInt64] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
            .filter { $0.hasPrefix(Self.prefix) }
            .compactMap { UInt64($0.dropFirst(Self.prefix.count)) }
            .sorted()
    }

    private func header(of snapshot: Snapshot) -> [UInt8] {
        var bytes = Self.magic
        withUnsafeBytes(of: UInt32(StoredFormat.version).littleEndian) { bytes.append(contentsOf: $0) }
        for field in [snapshot.sequence, UInt64(snapshot.bytes.count), Self.checksum(snapshot.bytes[...])] {
            withUnsafeBytes(of: field.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private func read(_ file: [UInt8], named path: String) throws -> Snapshot {
        guard file.count >= Self.headerSize, file.prefix(8).elementsEqual(Self.magic) else {
            throw StoreError(.corrupt, "\(path) is not a snapshot.")
        }
        let (version, sequence, length, checksum) = file.withUnsafeBytes { raw in
            (
                UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)),
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 12, as: UInt64.self)),
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 20, as: UInt64.self)),
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 28, as: UInt64.self))
            )
        }
        guard version > 0, version <= StoredFormat.version else {
            throw StoreError(.newer, "\(path) was written by a newer version of Berth (format \(version)).")
        }
        let content = file[Self.headerSize...]
        guard UInt64(content.count) == length, Self.checksum(content) == checksum else {
            throw StoreError(.corrupt, "\(path) is damaged.")
        }
        return Snapshot(sequence: sequence, bytes: Array(content))
    }

    /// Eight bytes a step, each step a bijection of what came before: any changed word changes the sum.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { raw in
            var sum: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(raw.count)
            var offset = 0
            while offset + 8 <= raw.count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                sum = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
                sum ^= sum >> 29
                offset += 8
            }
            for byte in raw[offset...] { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return sum
        }
    }

    private func writeDurably(_ header: [UInt8], _ content: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.systemError("\(path) cannot be written") }
        defer { close(descriptor) }
        for part in [header, content] {
            var rest = part[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw Self.systemError("\(path) cannot be written") }
                rest = rest.dropFirst(count)
            }
        }
        guard fsync(descriptor) == 0 else { throw Self.systemError("\(path) cannot be synchronized") }
    }

    /// Makes the rename itself durable.
    private func synchronizeDirectory() throws {
        let descriptor = open(directory.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.systemError("\(directory.path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Self.systemError("\(directory.path) cannot be synchronized") }
    }

    private static func systemError(_ what: String) -> StoreError {
        StoreError(.unavailable, "\(what): \(String(cString: strerror(errno))).")
    }
}
