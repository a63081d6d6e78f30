import BerthDriverContracts
import BerthKernel
import Foundation
import Logging

@testable import BerthProcessRuntime

/// A runtime with directories of its own.
///
/// Two made from one fixture are two lives of one server.
final class RuntimeFixture: Sendable {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "berth-runtime-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    }

    var state: URL { directory.appending(path: "state") }

    func runtime(_ configure: (inout ProcessRuntimeConfiguration) -> Void = { _ in }) -> ProcessRuntime {
        var configuration = ProcessRuntimeConfiguration(
            stateDirectory: state, logDirectory: directory.appending(path: "logs"))
        configure(&configuration)
        return ProcessRuntime(
            configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func log(of launch: TaskLaunch, container: String = "main") throws -> String {
        try String(contentsOf: directory.appending(path: "logs/\(launch.task)/\(container).log"), encoding: .utf8)
    }

    var records: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: state.path) }
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }
}

extension ContainerLaunch {
    static func shell(
        _ script: String, name: String = "main", environment: [Variable] = [], stopTimeout: Duration = .seconds(30)
    ) -> ContainerLaunch {
        .fixture(
            name: name, command: ["/bin/sh", "-c", script], environment: environment, stopTimeout: stopTimeout)
    }
}

extension TaskLaunch {
    static func shell(_ script: String, stopTimeout: Duration = .seconds(30)) -> TaskLaunch {
        .fixture(containers: [.shell(script, stopTimeout: stopTimeout)])
    }
}
