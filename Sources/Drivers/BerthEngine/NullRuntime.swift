package import BerthKernel
import Synchronization

/// Runs nothing: a task is started the moment it is ordered and ends when it is stopped.
///
/// For servers that are to show decisions without work, for benchmarks and for tests.
package final class NullRuntime: TaskRuntime {
    private enum Order: Sendable {
        case start(TaskID, generation: Int, containers: [String])
        case stop(TaskID, generation: Int)
    }

    private struct Attempt: Hashable {
        let task: TaskID
        let generation: Int
    }

    private let orders: AsyncStream<Order>
    private let continuation: AsyncStream<Order>.Continuation

    package init() {
        // Unbounded, but never longer than the number of tasks the world wants started or stopped.
        (orders, continuation) = AsyncStream.makeStream()
    }

    /// Nothing survives, so whatever the world believes to run is begun anew by the starts that follow.
    package func recover(_ launches: [TaskLaunch]) {}

    package func start(_ launch: TaskLaunch) {
        continuation.yield(
            .start(launch.task, generation: launch.generation, containers: launch.containers.map(\.name)))
    }

    package func stop(_ task: TaskID, generation: Int) {
        continuation.yield(.stop(task, generation: generation))
    }

    package func run(reporting report: @escaping @Sendable (TaskReport) async throws -> Void) async throws {
        var running: [Attempt: [String]] = [:]
        for await order in orders {
            switch order {
            case .start(let task, let generation, let containers):
                let attempt = Attempt(task: task, generation: generation)
                guard running.updateValue(containers, forKey: attempt) == nil else { continue }
                await tell([.started(runtimeIDs: containers.map { "null-\($0)" })], of: attempt, to: report)
            case .stop(let task, let generation):
                let attempt = Attempt(task: task, generation: generation)
                guard let containers = running.removeValue(forKey: attempt) else { continue }
                let exits = containers.map {
                    TaskReport.Event.containerExited(container: $0, exitCode: 143, reason: nil)
                }
                await tell(exits + [.stopped], of: attempt, to: report)
            }
        }
    }

    /// A report that is not taken is forgotten: the engine has ended, and with it all that this runs.
    private func tell(
        _ events: [TaskReport.Event], of attempt: Attempt, to report: @Sendable (TaskReport) async throws -> Void
    ) async {
        for event in events {
            try? await report(TaskReport(task: attempt.task, generation: attempt.generation, event: event))
        }
    }
}
