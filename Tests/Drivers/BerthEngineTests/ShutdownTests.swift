import BerthEngine
import BerthKernel
import BerthWorld
import Synchronization
import Testing

/// Runs one task that, told to end, does what `lastJob` says and only then ends.
private final class BusyRuntime: TaskRuntime {
    let lastJob = Mutex<@Sendable () async throws -> Void>({})
    private let untilCancelled = AsyncStream<Never>.makeStream()

    func recover(_ launches: [TaskLaunch]) {}
    func start(_ launch: TaskLaunch) {}
    func stop(_ task: TaskID, generation: Int) {}

    func run(reporting report: @escaping @Sendable (TaskReport) async throws -> Void) async throws {
        for await _ in untilCancelled.stream {}
        try await lastJob.withLock { $0 }()
    }
}

struct ShutdownTests {
    @Test func `commands are carried out until the last task has ended`() async throws {
        let (runtime, probe) = (BusyRuntime(), Probe())
        try await EngineFixture(runtime: runtime).run { engine in
            runtime.lastJob.withLock { $0 = { _ = try await engine.submit(Note("deleted", on: probe)) } }
            _ = try await engine.submit(Note("received", on: probe))
        }
        #expect(probe.log.map { $0.prefix { $0 != "@" } } == ["received", "deleted"])
    }

    @Test func `what comes after the last task has ended is refused`() async throws {
        let engine = try await EngineFixture(runtime: BusyRuntime()).run { $0 }
        let error = await #expect(throws: EngineError.self) {
            _ = try await engine.submit(Note("late", on: Probe()))
        }
        #expect(error?.code == .stopped)
    }
}
