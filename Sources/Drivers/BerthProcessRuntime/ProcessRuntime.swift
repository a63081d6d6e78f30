import BerthEngine
package import BerthKernel
import Foundation
package import Logging

/// Runs tasks as processes of this computer, one per container.
///
/// A process gets a session of its own, its container's environment and a log file. It outlives a crash of the
/// server: records on disk, made before each task's first process, let the next life take it over. When the
/// server ends in order, its tasks are stopped as on a host that is shut down.
package final class ProcessRuntime: TaskRuntime {
    private enum Order: Sendable {
        case recover([TaskLaunch])
        case start(TaskLaunch)
        case stop(TaskKey)
        case ended(TaskKey)
    }

    private let configuration: ProcessRuntimeConfiguration
    private let records: TaskRecords
    private let logger: Logger
    private let orders: AsyncStream<Order>
    private let ordersContinuation: AsyncStream<Order>.Continuation

    package init(configuration: ProcessRuntimeConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        records = TaskRecords(directory: configuration.stateDirectory)
        // Unbounded, but never longer than the number of tasks the world wants started or stopped.
        (orders, ordersContinuation) = AsyncStream.makeStream()
    }

    package func recover(_ launches: [TaskLaunch]) {
        ordersContinuation.yield(.recover(launches))
    }

    package func start(_ launch: TaskLaunch) {
        ordersContinuation.yield(.start(launch))
    }

    package func stop(_ task: TaskID, generation: Int) {
        ordersContinuation.yield(.stop(TaskKey(task: task, generation: generation)))
    }

    package func run(reporting report: @escaping @Sendable (TaskReport) async throws -> Void) async throws {
        // Fails now, and not with the first task, when the directory cannot be used.
        try records.prepare()
        try await withThrowingDiscardingTaskGroup { group in
            var supervisors: [TaskKey: TaskSupervisor] = [:]
            func supervise(_ launch: TaskLaunch, _ record: TaskRecord) {
                guard supervisors[record.key] == nil else { return }
                let supervisor = TaskSupervisor(
                    launch, record: record, configuration: configuration, records: records, report: report)
                supervisors[record.key] = supervisor
                group.addTask { [ordersContinuation] in
                    await supervisor.run()
                    ordersContinuation.yield(.ended(record.key))
                }
            }
            for await order in orders {
                switch order {
                case .recover(let launches):
                    for (launch, record) in try recovered(launches) { supervise(launch, record) }
                case .start(let launch):
                    let record = TaskRecord(launch)
                    guard supervisors[record.key] == nil else { continue }
                    try records.save(record)
                    supervise(launch, record)
                case .stop(let key):
                    supervisors[key]?.stop()
                case .ended(let key):
                    supervisors[key] = nil
                }
            }
        }
    }

    /// The tasks of an earlier life that the world still knows, each with its record.
    ///
    /// Everything else of an earlier life is killed: nobody will ask for it again.
    private func recovered(_ launches: [TaskLaunch]) throws -> [(TaskLaunch, TaskRecord)] {
        var wanted: [TaskKey: TaskLaunch] = [:]
        for launch in launches { wanted[TaskKey(task: launch.task, generation: launch.generation)] = launch }
        var recovered: [(TaskLaunch, TaskRecord)] = []
        var adopted: Set<Int32> = []
        for record in try records.all(unreadable: { file in
            // A power failure can leave half a record, but no process either.
            logger.warning("Dropping an unreadable task record.", metadata: ["file": "\(file)"])
        }) {
            let alive = record.containers.map(AdoptedProcess.init).filter(\.isAlive)
            if let launch = wanted[record.key], !record.containers.isEmpty {
                recovered.append((launch, record))
                adopted.formUnion(alive.map(\.process))
            } else {
                for process in alive {
                    logger.notice("Killing a task the world does not know.", metadata: ["task": "\(record.task)"])
                    killGroup(process.process)
                }
                records.remove(record.key)
            }
        }
        killStrays(sparing: adopted)
        return recovered
    }

    /// A crash between starting a process and recording it leaves one that no record knows.
    private func killStrays(sparing adopted: Set<Int32>) {
        let ours = ProcessTable.processes(with: ContainerProcess.marker, equalTo: configuration.stateDirectory.path)
        for process in ours where !adopted.contains(getpgid(process)) {
            logger.notice("Killing a stray process.", metadata: ["process": "\(process)"])
            killGroup(process)
            _ = kill(process, SIGKILL)
        }
    }
}
