import BerthKernel
import Foundation
import Testing

/// Hash seeds, addresses and clocks differ between processes; the trace of a seed must not.
@Suite struct TwoProcessesTests {
    private static let path = "BERTH_TRACE_PATH"

    @Test func `two processes with one seed leave byte-equal traces`() throws {
        let own = try Self.trace()
        if let path = ProcessInfo.processInfo.environment[Self.path] {
            try own.write(to: URL(filePath: path))
            return
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "berth-trace-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try runAgain(writingTo: file)
        #expect(try Data(contentsOf: file) == own)
    }

    private static func trace() throws -> Data {
        let history = try History.lived(seed: WorldPropertyTests.seeds[0], steps: WorldPropertyTests.steps)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try Data(history.trace.joined(separator: "\n").utf8) + encoder.encode(history.world)
    }

    /// Runs this test, and only this, in a second process.
    private func runAgain(writingTo file: URL) throws {
        var arguments = ProcessInfo.processInfo.arguments
        let executable = arguments.removeFirst()
        while let index = arguments.firstIndex(of: "--filter") { arguments.removeSubrange(index...(index + 1)) }
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments + ["--filter", "TwoProcessesTests"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.path: file.path()]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
