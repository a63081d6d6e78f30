import BerthEngine
import BerthKernel
import BerthTestSupport
import BerthWorld
import Logging
import Synchronization

@testable import BerthEngine

/// A clock that stands still until it is moved.
final class ManualClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant = .monday) {
        self.instant = Mutex(instant)
    }

    var clock: EngineClock {
        EngineClock { self.instant.withLock { $0 } }
    }

    func move(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }
}

/// A runtime that only notes what it is told.
final class NotingRuntime: TaskRuntime {
    let probe = Probe()
    /// Never says anything; a stream ends when nobody could.
    private let silence = AsyncStream<Never>.makeStream()

    func recover(_ launches: [TaskLaunch]) { probe.note("recover \(launches.map(\.task.low))") }
    func start(_ launch: TaskLaunch) { probe.note("start \(launch.task.low)") }
    func stop(_ task: TaskID, generation: Int) { probe.note("stop \(task.low)") }

    func run(reporting report: @escaping @Sendable (TaskReport) async throws -> Void) async throws {
        for await _ in silence.stream {}
    }
}

/// A memory store whose appends can be watched, held up and made to fail.
final class TestStore: Journal, PayloadStore {
    struct Broken: Error {}

    let inner: MemoryStore
    let appends = Mutex<[Commit]>([])
    let failing = Atomic(false)
    private let onAppend: Mutex<@Sendable () -> Void>

    init(_ inner: MemoryStore = MemoryStore(), onAppend: @escaping @Sendable () -> Void = {}) {
        self.inner = inner
        self.onAppend = Mutex(onAppend)
    }

    func latestSnapshot() throws -> Snapshot? { inner.latestSnapshot() }
    func replay(after sequence: UInt64, _ body: (JournalEntry) throws -> Void) throws {
        try inner.replay(after: sequence, body)
    }
    func save(_ snapshot: Snapshot) throws { inner.save(snapshot) }
    func close() throws {}
    func segment(_ id: UInt64) throws -> [UInt8]? { inner.segment(id) }

    func append(_ commit: Commit) throws {
        onAppend.withLock { $0 }()
        if failing.load(ordering: .relaxed) { throw Broken() }
        inner.append(commit)
        appends.withLock { $0.append(commit) }
    }
}

/// Everything an engine needs, so that a test sets only what it is about.
struct EngineFixture {
    var store: any Journal & PayloadStore = MemoryStore()
    var runtime: any TaskRuntime = NullRuntime()
    var clock = ManualClock()
    var probe = Probe()
    var configuration = EngineConfiguration()
    var registry = CommandRegistry.test
    var launches: [TaskLaunch] = []

    func engine() -> Engine {
        let (probe, launches) = (probe.id, launches)
        return Engine(
            newWorld: WorldConfiguration(startedAt: .monday), store: store, runtime: runtime,
            commands: EngineCommands(
                report: { Reported(probe: probe, report: $0) }, forgetWaiters: ForgetWaiters(probe: probe),
                launches: { _ in launches }, stops: { _ in [] }),
            registry: registry, clock: clock.clock, configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs an engine for as long as `body` takes and lets it end in order.
    @discardableResult
    func run<R>(_ body: (Engine) async throws -> R) async throws -> R {
        let engine = engine()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            let result: R
            do {
                result = try await body(engine)
            } catch {
                engine.shutDown()
                throw error
            }
            engine.shutDown()
            try await group.waitForAll()
            return result
        }
    }
}
