import Foundation

/// Keeps a second server out of a data directory.
///
/// An advisory lock on a file: the kernel lets go of it when the process ends, however it ends.
final class DirectoryLock: Sendable {
    private let descriptor: CInt

    init(directory: URL) throws {
        let path = directory.appending(path: "lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StoreError(.unavailable, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            close(descriptor)
            let who = holder.isEmpty ? "another process" : "process \(holder)"
            throw StoreError(.inUse, "\(directory.path) is in use by \(who).")
        }
        let holder = Array(String(getpid()).utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, holder, holder.count, 0)
    }

    deinit {
        close(descriptor)
    }
}
