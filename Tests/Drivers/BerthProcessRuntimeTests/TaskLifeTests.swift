import BerthDriverContracts
import BerthEngine
import BerthKernel
import Foundation
import Testing

@testable import BerthProcessRuntime

@Suite(.timeLimit(.minutes(1)))
struct TaskLifeTests {
    let fixture: RuntimeFixture

    init() throws {
        fixture = try RuntimeFixture()
    }

    /// All that is reported of a task that ends by itself, or is stopped when it has started.
    private func life(
        of launch: TaskLaunch, stopping: Bool = false,
        configure: (inout ProcessRuntimeConfiguration) -> Void = { _ in }
    ) async throws -> [TaskReport.Event] {
        let runtime = fixture.runtime(configure)
        var events: [TaskReport.Event] = []
        try await TaskRuntimeContract.withReports(of: runtime) { reports in
            runtime.recover([])
            runtime.start(launch)
            if stopping, let first = await reports.next() {
                events.append(first.event)
                runtime.stop(launch.task, generation: launch.generation)
            }
            events += await reports.untilStopped().map(\.event)
        }
        return events
    }

    @Test func `it holds to the contract of runtimes`() async throws {
        let launch = TaskLaunch.fixture(containers: [
            .shell("exec sleep 100"), .shell("exec sleep 100", name: "sidecar"),
        ])
        try await TaskRuntimeContract.aTaskIsStartedOnceAndStoppedLast(fixture.runtime(), launch: launch)
        try await TaskRuntimeContract.anUnknownTaskIsNotStopped(fixture.runtime(), launch: launch)
    }

    @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137), ("kill -SEGV $$", 139)])
    func `a process that ends by itself is reported with the exit code Docker would show`(
        script: String, code: Int
    ) async throws {
        let events = try await life(of: .shell(script))
        guard case .started(let ids) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(ids.count == 1)
        #expect(events.dropFirst() == [.containerExited(container: "main", exitCode: code, reason: nil), .stopped])
        #expect(try fixture.records == [], "nothing is remembered of a task the world knows to be over")
    }

    @Test func `a process that minds SIGTERM ends its own way`() async throws {
        let events = try await life(
            of: .shell("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done"), stopping: true)
        // The signal may come before the trap is set.
        #expect([3, 143].contains { events.contains(.containerExited(container: "main", exitCode: $0, reason: nil)) })
    }

    @Test func `a process that ignores SIGTERM is killed after its stop timeout, with its children`() async throws {
        let script = "trap '' TERM; sleep 1000 & echo $!; echo ready; while :; do sleep 0.01; done"
        let launch = TaskLaunch.shell(script, stopTimeout: .milliseconds(200))
        let runtime = fixture.runtime()
        try await TaskRuntimeContract.withReports(of: runtime) { reports in
            runtime.start(launch)
            _ = await reports.next()
            while try !fixture.log(of: launch).contains("ready") { await Task.yield() }
            runtime.stop(launch.task, generation: launch.generation)
            let events = await reports.untilStopped().map(\.event)
            #expect(events == [.containerExited(container: "main", exitCode: 137, reason: nil), .stopped])
        }
        let child = try #require(Int32(try fixture.log(of: launch).split(separator: "\n")[0]))
        while ProcessTable.birth(of: child) != nil { await Task.yield() }
    }

    @Test func `output and errors go to the log of the container`() async throws {
        let launch = TaskLaunch.fixture(containers: [
            .shell("echo out; echo err >&2"), .shell("echo other", name: "sidecar"),
        ])
        _ = try await life(of: launch)
        #expect(try fixture.log(of: launch) == "out\nerr\n")
        #expect(try fixture.log(of: launch, container: "sidecar") == "other\n")
    }

    @Test func `the environment is AWS's, then the task definition's, and nothing of the server's`() async throws {
        setenv("BERTH_TEST_SECRET", "secret", 1)
        let launch = TaskLaunch.fixture(containers: [
            .shell(
                "echo $AWS_REGION $QUEUE \"[$BERTH_TEST_SECRET]\"",
                environment: [.init(name: "QUEUE", value: "jobs"), .init(name: "AWS_REGION", value: "eu-west-1")])
        ])
        _ = try await life(of: launch) { $0.environment = { _, _ in ["AWS_REGION": "us-east-1", "QUEUE": "none"] } }
        #expect(try fixture.log(of: launch) == "eu-west-1 jobs []\n")
    }

    @Test func `an image is replaced by its command, to which the container's is appended`() async throws {
        let script = fixture.directory.appending(path: "worker.sh")
        try Data("echo \"$1 in $(pwd)\"".utf8).write(to: script)
        let launch = TaskLaunch.fixture(containers: [.fixture(image: "acme/worker:2", command: ["job"])])
        _ = try await life(of: launch) {
            $0.image = { [directory = fixture.directory.path] image in
                guard image == "acme/worker:2" else { return nil }
                return .init(command: ["sh", "worker.sh"], directory: directory)
            }
        }
        #expect(try fixture.log(of: launch).hasPrefix("job in "))
        #expect(try fixture.log(of: launch).contains(fixture.directory.lastPathComponent))
    }

    @Test(arguments: [
        (["no-such-program"], "CannotStartContainerError: exec: \"no-such-program\": executable file not found"),
        (["/no/such/program"], "CannotStartContainerError: exec: \"/no/such/program\""),
        ([], "CannotPullContainerError: no process is configured for image image"),
    ])
    func `what cannot be started says why`(command: [String], reason: String) async throws {
        let events = try await life(of: .fixture(containers: [.fixture(command: command)]))
        guard case .failedToStart("main", let found) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(found.hasPrefix(reason), "\(found)")
        #expect(events.last == .stopped)
        #expect(events.count == 2)
    }

    @Test func `when one container cannot start, those before it are stopped`() async throws {
        let launch = TaskLaunch.fixture(containers: [
            .shell("exec sleep 100"), .fixture(name: "broken", command: ["no-such-program"]),
            .shell("echo never", name: "after"),
        ])
        let events = try await life(of: launch)
        #expect(events.count == 3)
        #expect(events.dropFirst() == [.containerExited(container: "main", exitCode: 143, reason: nil), .stopped])
        #expect(throws: (any Error).self) { try fixture.log(of: launch, container: "after") }
    }

    @Test func `a hundred tasks live at once`() async throws {
        let runtime = fixture.runtime()
        try await TaskRuntimeContract.withReports(of: runtime) { reports in
            for number in UInt64(1)...100 {
                runtime.start(.fixture(task: number, containers: [.shell("exit 0")]))
            }
            var stopped = 0
            while stopped < 100, let report = await reports.next() {
                if report.event == .stopped { stopped += 1 }
            }
            #expect(stopped == 100)
        }
        #expect(try fixture.records == [])
    }
}
