import BerthDriverContracts
import BerthKernel
import BerthTestSupport
import BerthWorld
import Synchronization
import Testing

@testable import BerthEngine

@Suite(.timeLimit(.minutes(1)))
struct RecoveryTests {
    /// Copies a store as a crash would leave it: what was appended, without the snapshot of an orderly end.
    private func crashed(
        after body: @escaping @Sendable (Engine, ManualClock) async throws -> Void
    ) async throws -> MemoryStore {
        let store = TestStore()
        let left = MemoryStore()
        let fixture = EngineFixture(store: store)
        try await fixture.run { engine in
            try await body(engine, fixture.clock)
            if let snapshot = store.inner.latestSnapshot() { left.save(snapshot) }
            for commit in store.appends.withLock({ $0 }) { left.append(commit) }
        }
        return left
    }

    @Test func `a replay repeats every accepted command at its own instant`() async throws {
        let probe = Probe()
        let store = try await crashed { engine, clock in
            for text in ["a", "b", "refuse", "c"] {
                clock.move(by: .seconds(1))
                _ = try? await engine.submit(Note(text, on: probe))
            }
        }
        let first = probe.log
        #expect(first.count == 3)
        try await EngineFixture(store: store).run { _ = try await $0.read { _ in } }
        #expect(probe.log == first + first)
    }

    @Test func `long polls are forgotten where the journal ends, before the outage passes`() async throws {
        let store = TestStore(
            try await crashed { engine, clock in
                clock.move(by: .seconds(1))
                _ = try await engine.submit(Note("", on: Probe()))
            })
        let fixture = EngineFixture(store: store)
        fixture.clock.move(by: .seconds(3_600))
        let now = try await fixture.run { try await $0.read(\.now) }
        #expect(fixture.probe.log == ["forget"])
        #expect(store.appends.withLock { $0.map(\.entry.instant) } == [.monday + .seconds(1)])
        #expect(now == .monday + .seconds(3_600))
    }

    @Test func `what runs is asked of the recovered state and not of old orders`() async throws {
        let store = try await crashed { engine, _ in
            try await engine.submit(Emit(what: .start(.fixture(task: 1))))
            try await engine.submit(Emit(what: .start(.fixture(task: 2))))
        }
        let runtime = NotingRuntime()
        let fixture = EngineFixture(store: store, runtime: runtime, launches: [.fixture(task: 2)])
        try await fixture.run { _ = try await $0.read { _ in } }
        #expect(runtime.probe.log == ["recover [2]", "start 2"])
    }

    @Test func `after an orderly end nothing is replayed`() async throws {
        let store = MemoryStore()
        let probe = Probe()
        for _ in 1...2 {
            try await EngineFixture(store: store).run { _ = try await $0.submit(Note("a", on: probe)) }
        }
        #expect(probe.log.count == 2)
        #expect(try StoreContract.entries(of: store).isEmpty)
    }

    @Test func `a journal that has grown enough makes room by a snapshot`() async throws {
        let store = MemoryStore()
        var fixture = EngineFixture(store: store)
        fixture.configuration.snapshotAfterBytes = 10_000
        try await fixture.run { engine in
            let begin = store.latestSnapshot()?.sequence
            for _ in 1...2_000 { _ = try await engine.submit(Note("some text to fill it", on: Probe())) }
            while store.latestSnapshot()?.sequence == begin { await Task.yield() }
            #expect(try StoreContract.entries(of: store).count < 2_000)
        }
    }

    @Test func `a world keeps the configuration it began with`() async throws {
        let store = MemoryStore()
        try await EngineFixture(store: store).run { _ = try await $0.read { _ in } }
        let later = EngineFixture(store: store)
        later.clock.move(by: .seconds(60))
        let configuration = try await later.run { try await $0.read(\.configuration) }
        #expect(configuration.startedAt == .monday)
    }

    @Test func `a command this version does not know stops the start and names it`() async throws {
        let store = try await crashed { engine, _ in _ = try await engine.submit(Note("a", on: Probe())) }
        let error = await #expect(throws: EngineError.self) {
            try await EngineFixture(store: store, registry: CommandRegistry([ForgetWaiters.self])).engine().run()
        }
        #expect(error?.code == .unreadableHistory)
        #expect(error?.message.contains("test.Note") == true)
    }

    @Test func `a gap in the journal stops the start`() async throws {
        let whole = try await crashed { engine, _ in
            for text in ["a", "b", "c"] { _ = try await engine.submit(Note(text, on: Probe())) }
        }
        let torn = MemoryStore()
        torn.save(try #require(whole.latestSnapshot()))
        for entry in try StoreContract.entries(of: whole) where entry.sequence != 3 {
            torn.append(Commit(entry: entry))
        }
        let error = await #expect(throws: EngineError.self) { try await EngineFixture(store: torn).engine().run() }
        #expect(error?.message == "The journal lacks entry 3; the next is 4.")
    }

    @Test func `requests made before the recovery wait for it`() async throws {
        let store = try await crashed { engine, _ in _ = try await engine.submit(Note("a", on: Probe())) }
        let engine = EngineFixture(store: store).engine()
        async let early = engine.read(\.now)
        let run = Task { try await engine.run() }
        #expect(try await early >= .monday)
        engine.shutDown()
        try await run.value
    }
}
