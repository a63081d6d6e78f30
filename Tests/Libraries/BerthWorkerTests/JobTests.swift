import Testing

@testable import BerthWorker

struct JobTests {
    @Test func `a message is deleted when its job is done`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.put("a")
        workshop.queue.answerEmptyPolls()
        let seen = Observed<[Message]>([])

        try await workshop.worker { message in seen.update { $0.append(message) } }.run()

        #expect(seen.value == [Message(id: "id-1", body: "a")])
        #expect(workshop.queue.calls("DeleteMessage") == ["DeleteMessage a"])
    }

    @Test func `a failed job's message is left to the queue`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.put("a")
        workshop.queue.answerEmptyPolls()

        try await workshop.worker { _ in throw CancellationError() }.run()

        #expect(workshop.queue.calls("DeleteMessage").isEmpty)
        #expect(workshop.queue.calls("ChangeMessageVisibility").isEmpty)
    }

    @Test func `a failed job's message comes back after the retry delay`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.configuration.retryDelay = .seconds(7)
        workshop.queue.put("a")
        workshop.queue.answerEmptyPolls()

        try await workshop.worker { _ in throw CancellationError() }.run()

        #expect(workshop.queue.calls("ChangeMessageVisibility") == ["ChangeMessageVisibility a 7"])
    }

    @Test func `no more messages are taken than jobs can start`() async throws {
        var workshop = Workshop()
        workshop.configuration.concurrency = 3
        workshop.queue.put("a", "b", "c", "d")
        let (gate, running) = (Gate(), Observed(0))
        let worker = workshop.worker { _ in
            running.update { $0 += 1 }
            await gate.pass()
        }
        let run = Task { try await worker.run() }

        await eventually { running.value == 3 }
        #expect(workshop.queue.calls("ReceiveMessage") == ["ReceiveMessage 3"])

        gate.open()
        await eventually { workshop.queue.calls("DeleteMessage").count == 4 }
        run.cancel()
        try await run.value
    }

    @Test func `a batch waits in the worker for its turn`() async throws {
        var workshop = Workshop()
        workshop.configuration.batchSize = 10
        workshop.queue.put("a", "b", "c")
        let (mostAtOnce, running) = (Observed(0), Observed(0))
        let worker = workshop.worker { _ in
            let now = running.update { $0 += 1 }
            mostAtOnce.update { $0 = max($0, now) }
            await Task.yield()
            running.update { $0 -= 1 }
        }
        let run = Task { try await worker.run() }

        await eventually { workshop.queue.calls("DeleteMessage").count == 3 }
        #expect(mostAtOnce.value == 1)
        run.cancel()
        try await run.value
    }

    @Test func `a heartbeat keeps the message of a long job hidden`() async throws {
        let workshop = Workshop()
        workshop.queue.put("a")
        let gate = Gate()
        let run = Task { try await workshop.worker { _ in await gate.pass() }.run() }

        await eventually { workshop.clock.sleepers == 1 }
        workshop.clock.advance(by: .seconds(14))
        #expect(workshop.queue.calls("ChangeMessageVisibility").isEmpty)
        for beat in 1...3 {
            workshop.clock.advance(by: beat == 1 ? .seconds(1) : .seconds(15))
            await eventually { workshop.queue.calls("ChangeMessageVisibility").count == beat }
            await eventually { workshop.clock.sleepers == 1 }
        }
        #expect(Set(workshop.queue.calls("ChangeMessageVisibility")) == ["ChangeMessageVisibility a 30"])

        gate.open()
        await eventually { workshop.queue.calls("DeleteMessage").count == 1 }
        #expect(workshop.clock.sleepers == 0)
        run.cancel()
        try await run.value
    }
}
