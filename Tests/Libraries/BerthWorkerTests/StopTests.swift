import Logging
import ServiceLifecycle
import Testing

@testable import BerthWorker

struct StopTests {
    @Test(arguments: [1, 3])
    func `a worker ends after so many empty polls`(polls: Int) async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = polls
        workshop.queue.answerEmptyPolls()

        try await workshop.worker().run()

        #expect(workshop.queue.calls("ReceiveMessage").count == polls)
    }

    @Test func `an idle worker ends its poll when it is stopped`() async throws {
        let workshop = Workshop()
        let run = Task { try await workshop.worker().run() }
        await eventually { workshop.queue.calls.count == 1 }

        run.cancel()

        try await run.value
        #expect(workshop.queue.calls.count == 1)
    }

    @Test func `a drain lets running jobs end and gives back the others`() async throws {
        var workshop = Workshop()
        workshop.configuration.batchSize = 10
        workshop.queue.put("a", "b", "c")
        let (gate, begun, sawCancellation) = (Gate(), Observed(0), Observed(false))
        let worker = workshop.worker { _ in
            begun.update { $0 += 1 }
            await gate.pass()
            sawCancellation.update { $0 = Task.isCancelled }
        }
        let run = Task { try await worker.run() }
        await eventually { begun.value == 1 }

        run.cancel()
        await eventually { workshop.queue.calls("ChangeMessageVisibility").count == 2 }
        #expect(workshop.queue.calls("DeleteMessage").isEmpty)
        gate.open()
        try await run.value

        #expect(begun.value == 1)
        #expect(!sawCancellation.value)
        #expect(workshop.queue.calls("DeleteMessage").count == 1)
        #expect(workshop.queue.calls("ChangeMessageVisibility").allSatisfy { $0.hasSuffix(" 0") })
        #expect(workshop.queue.calls("ReceiveMessage").count == 1)
    }

    @Test func `a graceful shutdown of its group drains the worker`() async throws {
        let workshop = Workshop()
        workshop.queue.put("a")
        let (gate, begun) = (Gate(), Observed(false))
        let worker = workshop.worker { _ in
            begun.update { $0 = true }
            await gate.pass()
        }
        let group = ServiceGroup(services: [worker], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let run = Task { try await group.run() }
        await eventually { begun.value }

        await group.triggerGracefulShutdown()
        gate.open()
        try await run.value

        #expect(workshop.queue.calls("DeleteMessage") == ["DeleteMessage a"])
    }
}

struct FailureTests {
    @Test func `a queue that fails is asked again, ever less often`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.fail(.error(500, "InternalFailure"), .error(400, "RequestThrottled"), .error(503, ""))
        workshop.queue.answerEmptyPolls()
        let run = Task { [workshop] in try await workshop.worker().run() }

        for (polls, delay) in [(1, 100), (2, 200), (3, 400)] {
            await eventually { workshop.clock.sleepers == 1 }
            #expect(workshop.queue.calls.count == polls)
            workshop.clock.advance(by: .milliseconds(delay))
        }
        try await run.value
        #expect(workshop.queue.calls.count == 4)
    }

    @Test func `a queue that refuses the worker ends it`() async throws {
        let workshop = Workshop()
        workshop.queue.fail(.error(400, "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist."))

        let error = await #expect(throws: WorkerError.self) { try await workshop.worker().run() }

        #expect(
            error?.description
                == "refused: ReceiveMessage failed with status 400: "
                + "QueueDoesNotExist: The specified queue does not exist.")
    }

    @Test func `a message is deleted in the end when the queue was down`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.put("a")
        let queue = workshop.queue
        let run = Task { [workshop] in
            try await workshop.worker { _ in queue.fail(.error(503, "ServiceUnavailable")) }.run()
        }

        await eventually { workshop.clock.sleepers == 1 && queue.calls("DeleteMessage").count == 1 }
        workshop.clock.advance(by: .milliseconds(100))
        await eventually { queue.calls("DeleteMessage").count == 2 }
        queue.answerEmptyPolls()
        try await run.value
    }

    @Test func `without credentials a worker says so`() async throws {
        var workshop = Workshop()
        workshop.environment = [:]

        let worker = workshop.worker()
        let error = await #expect(throws: WorkerError.self) { try await worker.run() }

        #expect(error?.code == .credentials)
    }

    @Test(arguments: [0, -1])
    func `an impossible configuration is refused before anything is called`(concurrency: Int) async throws {
        var workshop = Workshop()
        workshop.configuration.concurrency = concurrency

        let worker = workshop.worker()
        let error = await #expect(throws: WorkerError.self) { try await worker.run() }

        #expect(error?.code == .configuration)
        #expect(workshop.queue.calls.isEmpty)
    }
}
