import BerthDriverContracts
import BerthKernel
import BerthTestSupport
import BerthWorld
import Dispatch
import Synchronization
import Testing

@testable import BerthEngine

@Suite(.timeLimit(.minutes(1)))
struct CommitTests {
    @Test func `a reply follows the commit of its command`() async throws {
        let probe = Probe()
        let store = TestStore(onAppend: { probe.note("append") })
        try await EngineFixture(store: store).run { engine in
            _ = try await engine.read { _ in }
            probe.note("submit")
            _ = try await engine.submit(Note("a", on: Probe()))
            probe.note("reply")
        }
        #expect(probe.log == ["append", "submit", "append", "reply"])
    }

    @Test func `what cannot be journaled is neither answered nor done, and ends the engine`() async throws {
        let store = TestStore()
        let runtime = NotingRuntime()
        var fixture = EngineFixture(store: store, runtime: runtime)
        let engine = fixture.engine()
        let run = Task { try await engine.run() }
        _ = try await engine.read { _ in }
        store.failing.store(true, ordering: .relaxed)

        let error = await #expect(throws: EngineError.self) {
            try await engine.submit(Emit(what: .start(.fixture())))
        }
        #expect(error?.code == .journalFailed)
        await #expect(throws: EngineError.self) { try await run.value }
        let later = await #expect(throws: EngineError.self) { try await engine.read { _ in } }
        #expect(later?.code == .stopped)
        #expect(runtime.probe.log == ["recover []"])

        fixture = EngineFixture(store: store.inner)
        try await fixture.run { _ = try await $0.read { _ in } }
        #expect(fixture.probe.log == ["forget"], "the next life knows nothing of it")
    }

    @Test func `a refusal reaches its caller and leaves nothing in the store`() async throws {
        let store = TestStore()
        try await EngineFixture(store: store).run { engine in
            _ = try await engine.read { _ in }
            let before = store.appends.withLock { $0.count }
            await #expect(throws: Refusal(code: "Refused", message: "As asked.")) {
                try await engine.submit(Note("refuse", on: Probe()), payloads: [[1, 2, 3]])
            }
            #expect(store.appends.withLock { $0.count } == before)
        }
    }

    @Test func `requests that arrive while the disk is busy share one commit`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let store = TestStore(onAppend: { gate.wait() })
        let probe = Probe()
        try await EngineFixture(store: store).run { engine in
            try await withThrowingTaskGroup { group in
                for number in 1...50 {
                    group.addTask { _ = try await engine.submit(Note("\(number)", on: probe)) }
                }
                // The first append of a life, which forgets the waiters, waits at the gate.
                while engine.mailbox.count < 50 { await Task.yield() }
                for _ in 0..<3 { gate.signal() }
                try await group.waitForAll()
            }
        }
        #expect(store.appends.withLock { $0.count } == 2)
        #expect(probe.log.count == 50)
    }

    @Test(arguments: [(1, 6), (2, 3), (6, 1)])
    func `a commit takes no more requests than its bound`(limit: Int, commits: Int) async throws {
        let gate = DispatchSemaphore(value: 0)
        let store = TestStore(onAppend: { gate.wait() })
        var fixture = EngineFixture(store: store)
        fixture.configuration.batchLimit = limit
        try await fixture.run { engine in
            try await withThrowingTaskGroup { group in
                for _ in 1...6 {
                    group.addTask { _ = try await engine.submit(Note("", on: Probe()), payloads: [[0]]) }
                }
                while engine.mailbox.count < 6 { await Task.yield() }
                for _ in 0..<10 { gate.signal() }
                try await group.waitForAll()
            }
        }
        #expect(store.appends.withLock { $0.count } == 1 + commits)
    }

    @Test func `one request too many is turned away at once`() async throws {
        let gate = DispatchSemaphore(value: 0)
        var fixture = EngineFixture(store: TestStore(onAppend: { gate.wait() }))
        fixture.configuration.mailboxCapacity = 2
        try await fixture.run { engine in
            try await withThrowingTaskGroup { group in
                for _ in 1...2 { group.addTask { _ = try await engine.submit(Note("", on: Probe())) } }
                while engine.mailbox.count < 2 { await Task.yield() }
                let error = await #expect(throws: EngineError.self) { try await engine.read { _ in } }
                #expect(error?.code == .overloaded)
                for _ in 0..<3 { gate.signal() }
                try await group.waitForAll()
            }
        }
    }

    @Test func `instants never go back, whatever the clock does`() async throws {
        let store = TestStore()
        let fixture = EngineFixture(store: store)
        try await fixture.run { engine in
            for step in [Duration.seconds(5), .seconds(-3), .seconds(1), .seconds(10)] {
                fixture.clock.move(by: step)
                _ = try await engine.submit(Note("", on: Probe()))
            }
        }
        let instants = store.appends.withLock { $0.map { $0.entry.instant - .monday } }
        #expect(instants.suffix(4) == [.seconds(5), .seconds(5), .seconds(5), .seconds(13)])
    }

    @Test func `messages that time alone hands out are durable before they are answered`() async throws {
        // The command stands in for a deadline: it leaves an effect behind without being accepted.
        let store = TestStore()
        try await EngineFixture(store: store).run { engine in
            _ = try await engine.submit(Emit(what: .answer(99, [.fixture()])))
        }
        #expect(store.appends.withLock { $0.count } == 2)
    }

    @Test func `decisions reach every subscriber, and subscriptions end with the engine`() async throws {
        let decision = Decision(instant: .monday, kind: .service, subject: "web", sentence: "It scales out.")
        let streams = try await EngineFixture().run { engine in
            let streams = [engine.decisions(), engine.decisions()]
            try await engine.submit(Emit(what: .announce(decision)))
            return streams
        }
        for stream in streams {
            var seen: [Decision] = []
            for await decision in stream { seen.append(decision) }
            #expect(seen == [decision])
        }
    }
}
