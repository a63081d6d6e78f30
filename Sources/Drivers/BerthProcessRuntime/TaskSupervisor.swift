import BerthKernel
import Foundation
import Subprocess
import Synchronization

/// Takes one task through its life: start, report, wait, stop.
///
/// Cancelling ``run()`` stops the task, and it ends when nothing of the task runs any more.
final class TaskSupervisor: Sendable {
    typealias Report = @Sendable (TaskReport) async throws -> Void

    private struct Exit {
        let container: String
        let exitCode: Int?
        let reason: String?
    }

    private let launch: TaskLaunch
    private let configuration: ProcessRuntimeConfiguration
    private let records: TaskRecords
    private let report: Report
    private let record: Mutex<TaskRecord>
    private let stopOrders: AsyncStream<Never>
    private let stopOrdersContinuation: AsyncStream<Never>.Continuation

    init(
        _ launch: TaskLaunch, record: TaskRecord, configuration: ProcessRuntimeConfiguration, records: TaskRecords,
        report: @escaping Report
    ) {
        self.launch = launch
        self.configuration = configuration
        self.records = records
        self.report = report
        self.record = Mutex(record)
        (stopOrders, stopOrdersContinuation) = AsyncStream.makeStream()
    }

    /// Asks the task to stop; may come before, during and after its life.
    func stop() {
        stopOrdersContinuation.finish()
    }

    /// Returns when the task is over and the world has been told, or could not be told: then the record stays,
    /// and the next recovery tells it.
    func run() async {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await self.live() }
                group.addTask { for await _ in self.stopOrders {} }
                try await group.next()
                // Either everything has ended, or a stop was ordered: cancellation is how containers hear of it.
                group.cancelAll()
                try await group.waitForAll()
            }
            try await tell(.stopped)
            records.remove(TaskKey(task: launch.task, generation: launch.generation))
        } catch {
            // The world did not take the report. The record has the outcome.
        }
    }

    private func live() async throws {
        let known = record.withLock { $0.containers }
        if known.isEmpty {
            try await liveFromStart()
        } else {
            try await liveOn(known)
        }
    }

    private func liveFromStart() async throws {
        try await withThrowingTaskGroup(of: Exit?.self) { group in
            var processes: [Int32] = []
            do {
                for container in launch.containers {
                    processes.append(try await begin(container, in: &group))
                }
                try await tell(.started(runtimeIDs: processes.map(String.init)))
            } catch let failure as StartFailure {
                try await tell(.failedToStart(container: failure.container, reason: failure.reason))
                group.cancelAll()
            } catch is CancellationError {
                // Stopped while starting; what did start is told by its exit.
            }
            try await tellExits(of: &group)
        }
    }

    /// Starts a container's process and waits until it has one, so that the next may depend on it.
    private func begin(
        _ container: ContainerLaunch, in group: inout ThrowingTaskGroup<Exit?, any Error>
    ) async throws -> Int32 {
        let process = try ContainerProcess(container, of: launch, configuration: configuration)
        let (starts, continuation) = AsyncThrowingStream.makeStream(of: Int32.self)
        group.addTask {
            do {
                let status = try await process.run { id in
                    self.noteStart(of: process.name, as: id)
                    continuation.yield(id)
                }
                self.noteExit(of: process.name, code: status.exitCode)
                return Exit(container: process.name, exitCode: status.exitCode, reason: nil)
            } catch {
                continuation.finish(throwing: error)
                return nil
            }
        }
        for try await id in starts { return id }
        throw CancellationError()
    }

    /// Takes over what an earlier life of the server began.
    private func liveOn(_ containers: [TaskRecord.Container]) async throws {
        try await withThrowingTaskGroup(of: Exit?.self) { group in
            try await tell(.started(runtimeIDs: containers.map { String($0.process) }))
            for container in containers {
                let timeout = launch.containers.first { $0.name == container.name }?.stopTimeout ?? .seconds(30)
                group.addTask { await self.adopt(container, stopTimeout: timeout) }
            }
            try await tellExits(of: &group)
        }
    }

    private func adopt(_ container: TaskRecord.Container, stopTimeout: Duration) async -> Exit {
        if container.hasExited {
            return Exit(container: container.name, exitCode: container.exitCode, reason: nil)
        }
        let process = AdoptedProcess(container)
        let wasAlive = process.isAlive
        await process.run(stopTimeout: stopTimeout)
        noteExit(of: container.name, code: nil)
        return Exit(
            container: container.name, exitCode: nil,
            reason: wasAlive
                ? "The process ended. Berth had been restarted after starting it and cannot know its exit code."
                : "The process ended while Berth was not running; its exit code is not known.")
    }

    private func tellExits(of group: inout ThrowingTaskGroup<Exit?, any Error>) async throws {
        for try await exit in group {
            guard let exit else { continue }
            try await tell(
                .containerExited(container: exit.container, exitCode: exit.exitCode, reason: exit.reason))
        }
    }

    private func tell(_ event: TaskReport.Event) async throws {
        try await report(TaskReport(task: launch.task, generation: launch.generation, event: event))
    }

    private func noteStart(of container: String, as process: Int32) {
        record.withLock { record in
            record.containers.append(
                TaskRecord.Container(
                    name: container, process: process, birth: ProcessTable.birth(of: process) ?? 0))
            try? records.save(record)
        }
    }

    private func noteExit(of container: String, code: Int?) {
        record.withLock { record in
            guard let index = record.containers.firstIndex(where: { $0.name == container }) else { return }
            record.containers[index].hasExited = true
            record.containers[index].exitCode = code
            try? records.save(record)
        }
    }
}
