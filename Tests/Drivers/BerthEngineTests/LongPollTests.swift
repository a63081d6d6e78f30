import BerthKernel
import BerthWorld
import Testing

@testable import BerthEngine

@Suite(.timeLimit(.minutes(1)))
struct LongPollTests {
    let probe = Probe()

    /// The waiter id of the only poll, as soon as the world has it.
    private func waiter(_ engine: Engine) async throws -> UInt64 {
        while true {
            _ = try await engine.read { _ in }
            let ids = probe.log.compactMap { $0.hasPrefix("wait ") ? UInt64($0.dropFirst(5)) : nil }
            if let id = ids.first { return id }
        }
    }

    @Test func `a poll that finds messages returns at once`() async throws {
        let messages = try await EngineFixture(probe: probe).run { engine in
            try await engine.receive(Poll(probe: probe.id, messages: [.fixture()]))
        }
        #expect(messages == [.fixture()])
    }

    @Test func `a poll left open returns what the world answers later`() async throws {
        let messages = try await EngineFixture(probe: probe).run { engine in
            async let poll = engine.receive(Poll(probe: probe.id))
            let waiter = try await waiter(engine)
            try await engine.submit(Emit(what: .answer(waiter, [.fixture(7)])))
            return try await poll
        }
        #expect(messages == [.fixture(7)])
    }

    @Test func `every poll has a waiter id of its own`() async throws {
        try await EngineFixture(probe: probe).run { engine in
            for _ in 1...3 { _ = try await engine.receive(Poll(probe: probe.id, messages: [])) }
        }
        #expect(Set(probe.log.filter { $0.hasPrefix("wait") }).count == 3)
    }

    @Test func `a caller that goes away ends its wait in the world too`() async throws {
        try await EngineFixture(probe: probe).run { engine in
            let poll = Task { try await engine.receive(Poll(probe: probe.id)) }
            let waiter = try await waiter(engine)
            poll.cancel()
            await #expect(throws: CancellationError.self) { try await poll.value }
            #expect(probe.log.last == "end \(waiter)")
        }
    }

    @Test func `a poll of a task that is cancelled already never reaches the world`() async throws {
        try await EngineFixture(probe: probe).run { engine in
            let poll = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await engine.receive(Poll(probe: probe.id))
            }
            await #expect(throws: CancellationError.self) { try await poll.value }
        }
        #expect(probe.log == ["forget"])
    }

    @Test func `polls that are open when the engine ends are answered with nothing`() async throws {
        let fixture = EngineFixture(probe: probe)
        let poll = try await fixture.run { engine in
            let poll = Task { try await engine.receive(Poll(probe: probe.id)) }
            _ = try await waiter(engine)
            return poll
        }
        #expect(try await poll.value == [])
    }
}
