import BerthKernel
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The process that stands for one container: what to execute, where, and with which environment.
struct ContainerProcess: Sendable {
    /// Carried by every process, so that strays of an earlier life can be told from other people's.
    static let marker = "BERTH_RUNTIME"

    let name: String
    let arguments: [String]
    let directory: String?
    let environment: [String: String]
    let logFile: URL
    let stopTimeout: Duration

    /// Decides the command line as Docker does: entry point and command, each the container's own or the image's.
    init(
        _ container: ContainerLaunch, of launch: TaskLaunch, configuration: ProcessRuntimeConfiguration
    ) throws(StartFailure) {
        let image = configuration.image(container.image)
        arguments = (container.entryPoint.isEmpty ? image?.command ?? [] : container.entryPoint) + container.command
        guard !arguments.isEmpty else {
            throw StartFailure(
                container: container.name,
                reason: "CannotPullContainerError: no process is configured for image \(container.image), and the "
                    + "container has no command. Map the image to a command, or give the container one.")
        }
        name = container.name
        directory = container.workingDirectory ?? image?.directory
        var environment = configuration.inherited
        environment.merge(image?.environment ?? [:]) { $1 }
        environment.merge(configuration.environment(launch, container)) { $1 }
        for variable in container.environment { environment[variable.name] = variable.value }
        environment[Self.marker] = configuration.stateDirectory.path
        self.environment = environment
        logFile = configuration.logDirectory.appending(path: "\(launch.task)/\(container.name).log")
        stopTimeout = container.stopTimeout
    }

    /// Runs the process to its end.
    ///
    /// `started` is called with its id as soon as there is one.
    ///
    /// Cancelling the calling task stops the process the way ECS stops a container: SIGTERM to the process
    /// itself, its stop timeout, then SIGKILL. Whatever else is left of its process group is killed as well.
    func run(started: @escaping @Sendable (Int32) -> Void) async throws(StartFailure) -> TerminationStatus {
        let log = try openLog()
        do {
            let result = try await Subprocess.run(
                configuration, input: .none, output: .fileDescriptor(log, closeAfterSpawningProcess: false),
                error: .fileDescriptor(log, closeAfterSpawningProcess: true)
            ) { execution in
                started(execution.processIdentifier.value)
            }
            killGroup(result.processIdentifier.value)
            return result.terminationStatus
        } catch let error as SubprocessError {
            throw failure(error)
        } catch {
            throw cannotStart("\(error)")
        }
    }

    private var configuration: Subprocess.Configuration {
        var options = PlatformOptions()
        // A session of its own: Ctrl-C in the terminal of the server is not for the workers.
        options.createSession = true
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: stopTimeout)]
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        return Subprocess.Configuration(
            executable: executable, arguments: Arguments(Array(arguments.dropFirst())),
            environment: .custom(variables),
            workingDirectory: directory.map { FilePath($0) }, platformOptions: options)
    }

    private var executable: Executable {
        let program = arguments[0]
        guard program.contains("/") else { return .name(program) }
        guard !program.hasPrefix("/"), let directory else { return .path(FilePath(program)) }
        return .path(FilePath(directory).appending(program))
    }

    private func openLog() throws(StartFailure) -> FileDescriptor {
        do {
            try FileManager.default.createDirectory(
                at: logFile.deletingLastPathComponent(), withIntermediateDirectories: true)
            return try FileDescriptor.open(
                FilePath(logFile.path), .writeOnly, options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw cannotStart("the log file \(logFile.path) cannot be opened: \(error)")
        }
    }

    private func failure(_ error: SubprocessError) -> StartFailure {
        switch error.code {
        case .executableNotFound: cannotStart("exec: \"\(arguments[0])\": executable file not found")
        case .failedToChangeWorkingDirectory: cannotStart("the working directory \(directory ?? "") does not exist")
        default: cannotStart("exec: \"\(arguments[0])\": \(error)")
        }
    }

    private func cannotStart(_ why: String) -> StartFailure {
        StartFailure(container: name, reason: "CannotStartContainerError: " + why)
    }
}

/// Why a container has no process, in the words that `stoppedReason` shows.
struct StartFailure: Error {
    let container: String
    let reason: String
}

extension TerminationStatus {
    /// The exit code Docker and ECS show: 137 for a process that was killed.
    var exitCode: Int {
        switch self {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
