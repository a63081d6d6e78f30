import BerthKernel
import Foundation

/// One attempt at a task.
struct TaskKey: Hashable, Sendable {
    let task: TaskID
    let generation: Int
}

/// What is kept of a task outside the server's memory, from before its first process until the world knows
/// that its last has gone.
struct TaskRecord: Codable, Sendable {
    struct Container: Codable, Sendable {
        let name: String
        let process: Int32
        let birth: ProcessBirth
        var hasExited = false
        var exitCode: Int?
    }

    let task: TaskID
    let generation: Int
    var containers: [Container] = []

    var key: TaskKey { TaskKey(task: task, generation: generation) }

    init(_ launch: TaskLaunch) {
        task = launch.task
        generation = launch.generation
    }
}

/// The records in their directory, a file a task.
struct TaskRecords: Sendable {
    let directory: URL

    func prepare() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    /// Every record; what cannot be read as one is handed to `unreadable` and removed.
    func all(unreadable: (String) -> Void) throws -> [TaskRecord] {
        let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "json" }.compactMap { file in
            let content = try Data(contentsOf: file)
            do {
                return try JSONDecoder().decode(TaskRecord.self, from: content)
            } catch {
                unreadable(file.lastPathComponent)
                try FileManager.default.removeItem(at: file)
                return nil
            }
        }
    }

    func save(_ record: TaskRecord) throws {
        try JSONEncoder().encode(record).write(to: file(of: record.key), options: .atomic)
    }

    func remove(_ key: TaskKey) {
        try? FileManager.default.removeItem(at: file(of: key))
    }

    private func file(of key: TaskKey) -> URL {
        directory.appending(path: "\(key.task)-\(key.generation).json")
    }
}
