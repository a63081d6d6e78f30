import BerthDriverContracts
import BerthEngine
import BerthKernel
import Foundation
import Testing

@testable import BerthProcessRuntime

/// A server that was killed leaves processes and records; the next one makes sense of them.
@Suite(.timeLimit(.minutes(1)))
struct RestartTests {
    let fixture: RuntimeFixture
    let launch = TaskLaunch.shell("exec sleep 1000")

    init() throws {
        fixture = try RuntimeFixture()
    }

    /// A process such as an earlier server would have left behind.
    private struct Leftover {
        let id: Int32
        private let run: Task<Int, any Error>

        init(_ process: ContainerProcess) async throws {
            let (starts, continuation) = AsyncStream.makeStream(of: Int32.self)
            // Lives on beside the test, as it would beside a server that did not start it.
            run = Task { try await process.run { continuation.yield($0) }.exitCode }
            var iterator = starts.makeAsyncIterator()
            id = try #require(await iterator.next())
        }

        var exitCode: Int {
            get async throws { try await run.value }
        }

        func end() {
            run.cancel()
        }
    }

    private func leftover(marked: Bool = true) async throws -> Leftover {
        let state = marked ? fixture.state : fixture.directory
        let configuration = ProcessRuntimeConfiguration(stateDirectory: state, logDirectory: fixture.directory)
        return try await Leftover(
            ContainerProcess(launch.containers[0], of: launch, configuration: configuration))
    }

    private func record(_ leftover: Leftover) throws {
        let birth = try #require(ProcessTable.birth(of: leftover.id))
        try record(.init(name: "main", process: leftover.id, birth: birth))
    }

    private func record(_ container: TaskRecord.Container) throws {
        var record = TaskRecord(launch)
        record.containers = [container]
        try TaskRecords(directory: fixture.state).save(record)
    }

    private func events(
        stopping: Bool = false, whileRunning: (Reports) async throws -> Void = { _ in }
    ) async throws -> [TaskReport.Event] {
        let runtime = fixture.runtime()
        var events: [TaskReport.Event] = []
        try await TaskRuntimeContract.withReports(of: runtime) { reports in
            runtime.recover([launch])
            runtime.start(launch)
            if let first = await reports.next() { events.append(first.event) }
            if stopping { runtime.stop(launch.task, generation: launch.generation) }
            try await whileRunning(reports)
            events += await reports.untilStopped().map(\.event)
        }
        return events
    }

    @Test func `a process that still runs is taken over and can be stopped`() async throws {
        let process = try await leftover()
        try record(process)
        let events = try await events(stopping: true)
        #expect(events.first == .started(runtimeIDs: ["\(process.id)"]))
        guard case .containerExited("main", nil, let reason) = events[1] else {
            Issue.record("\(events)")
            return
        }
        #expect(
            reason == "The process ended. Berth had been restarted after starting it and cannot know its exit code.")
        #expect(events.last == .stopped)
        #expect(try await process.exitCode == 143)
        #expect(try fixture.records == [])
    }

    @Test func `a process that is gone is reported with the true reason`() async throws {
        try record(.init(name: "main", process: 999_999_999, birth: 1))
        #expect(
            try await events() == [
                .started(runtimeIDs: ["999999999"]),
                .containerExited(
                    container: "main", exitCode: nil,
                    reason: "The process ended while Berth was not running; its exit code is not known."),
                .stopped,
            ])
    }

    @Test func `another process with the same number is not mistaken for the task`() async throws {
        try record(.init(name: "main", process: getpid(), birth: 1))
        let events = try await events()
        #expect(events.last == .stopped)
    }

    @Test func `an exit the world has not heard of is reported with its code`() async throws {
        try record(.init(name: "main", process: 999_999_999, birth: 1, hasExited: true, exitCode: 5))
        #expect(try await events()[1] == .containerExited(container: "main", exitCode: 5, reason: nil))
    }

    @Test func `a task the world does not know is killed`() async throws {
        let process = try await leftover()
        try record(process)
        let runtime = fixture.runtime()
        try await TaskRuntimeContract.withReports(of: runtime) { _ in
            runtime.recover([])
            let code = try await process.exitCode
            #expect(code == 137)
        }
        #expect(try fixture.records == [])
    }

    @Test func `a process that was started but not recorded is found by its mark and killed`() async throws {
        let (stray, other) = (try await leftover(), try await leftover(marked: false))
        defer { other.end() }
        let runtime = fixture.runtime()
        try await TaskRuntimeContract.withReports(of: runtime) { _ in
            runtime.recover([])
            let code = try await stray.exitCode
            #expect(code == 137)
        }
        #expect(ProcessTable.birth(of: other.id) != nil)
    }

    @Test func `half a record is dropped and the task begun anew`() async throws {
        try Data("{\"task\"".utf8).write(to: fixture.state.appending(path: "half.json"))
        let events = try await events(stopping: true)
        #expect(events.last == .stopped)
        #expect(try fixture.records == [])
    }

    @Test func `an orderly end stops the tasks, and the next life tells how they ended`() async throws {
        struct Unheard: Error {}
        let runtime = fixture.runtime()
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskGroup { group in
            group.addTask {
                try? await runtime.run { report in
                    guard case .started = report.event else { throw Unheard() }
                    continuation.finish()
                }
            }
            runtime.start(launch)
            for await _ in started {}
            group.cancelAll()
        }
        #expect(try fixture.records.count == 1)
        #expect(
            try await events().dropFirst() == [
                .containerExited(container: "main", exitCode: 143, reason: nil), .stopped,
            ])
    }
}
