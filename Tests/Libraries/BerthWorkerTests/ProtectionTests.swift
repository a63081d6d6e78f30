import HTTPTypes
import Testing

@testable import BerthWorker

struct ProtectionTests {
    @Test func `a task is protected while it has jobs`() async throws {
        var workshop = Workshop()
        workshop.environment["ECS_AGENT_URI"] = "http://127.0.0.1:9/api/1"
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.put("a", "b")
        workshop.queue.answerEmptyPolls()

        try await workshop.worker().run()

        let calls = workshop.queue.calls.filter { $0.hasPrefix("PUT") || $0.hasPrefix("Delete") }
        #expect(calls == ["PUT protect", "DeleteMessage a", "DeleteMessage b", "PUT release"])
        #expect(
            workshop.queue.requests.filter { $0.method == .put }.allSatisfy {
                $0.authority == "127.0.0.1:9" && $0.path == "/api/1/task-protection/v1/state"
            })
    }

    @Test func `outside of ECS no one is asked`() async throws {
        var workshop = Workshop()
        workshop.configuration.exitAfterEmptyPolls = 1
        workshop.queue.put("a")
        workshop.queue.answerEmptyPolls()

        try await workshop.worker().run()

        #expect(workshop.queue.calls("PUT").isEmpty)
    }
}
