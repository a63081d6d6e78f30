import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A `berth serve` in a session of its own, which outlives the command that started it.
struct BackgroundServer {
    /// `POSIX_SPAWN_SETSID`, which Glibc's headers show only to GNU sources.
    private static let startsSession: Int16 = 0x80

    let options: ServerOptions

    /// Starts it and returns once it answers.
    func start() async throws -> ControlClient {
        let state = URL(fileURLWithPath: options.state).standardizedFileURL
        let folder = Self.folderForNotes(state)
        let portFile = folder.appendingPathComponent("port")
        try? FileManager.default.removeItem(at: portFile)
        let log = folder.appendingPathComponent("server.log").path
        let process = try spawn(arguments: arguments(state: state.path, portFile: portFile.path), log: log)
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let text = try? String(contentsOf: portFile, encoding: .utf8),
                let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
            {
                return ControlClient(endpoint: "http://\(options.host):\(port)")
            }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                throw ControlClient.Failure(
                    description: "The server did not start: " + (Self.errorLine(of: text) ?? "it said nothing."))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ControlClient.Failure(description: "The server did not answer within 30 s; see \(log).")
    }

    /// Where the server's port and log are written: beside its state, unless that folder is not Berth's to write to.
    ///
    /// The server itself refuses such a folder, and says why.
    private static func folderForNotes(_ state: URL) -> URL {
        let files = FileManager.default
        let contents = (try? files.contentsOfDirectory(atPath: state.path)) ?? []
        let isUsable = contents.isEmpty || contents.contains("journal.sqlite")
        if isUsable, (try? files.createDirectory(at: state, withIntermediateDirectories: true)) != nil { return state }
        let name = "berth-\(ProcessInfo.processInfo.processIdentifier)"
        let folder = files.temporaryDirectory.appendingPathComponent(name)
        try? files.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The last thing a server said before it ended, without the word that our own message starts with.
    private static func errorLine(of log: String) -> String? {
        guard let line = log.split(separator: "\n").last else { return nil }
        return String(line.hasPrefix("Error: ") ? line.dropFirst("Error: ".count) : line)
    }

    private func arguments(state: String, portFile: String) -> [String] {
        [
            "serve", "--host", options.host, "--port", "\(options.port)", "--state", state, "--pace",
            "\(options.pace)", "--durability", options.durability.rawValue, "--account", options.account, "--region",
            options.region, "--port-file", portFile,
        ]
    }

    private func spawn(arguments: [String], log: String) throws -> pid_t {
        let program = CommandLine.arguments[0].contains("/") ? CommandLine.arguments[0] : "/proc/self/exe"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.startsSession)
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, program, &actions, &attributes, &argv, environ)
        guard result == 0 else {
            throw ControlClient.Failure(
                description: "Berth could not start itself: \(String(cString: strerror(result))).")
        }
        return process
    }
}
