package import BerthEngine
package import BerthKernel
import Testing

/// What every runtime must hold to.
///
/// `launch` makes a task that runs until it is stopped.
package enum TaskRuntimeContract {
    /// Starting twice is starting once, and nothing is reported after the end.
    package static func aTaskIsStartedOnceAndStoppedLast(
        _ runtime: any TaskRuntime, launch: TaskLaunch
    ) async throws {
        try await withReports(of: runtime) { reports in
            runtime.recover([])
            runtime.start(launch)
            runtime.start(launch)
            let started = await reports.next()
            guard case .started(let ids) = started?.event else {
                Issue.record("expected a start, got \(String(describing: started))")
                return
            }
            #expect(ids.count == launch.containers.count)
            runtime.stop(launch.task, generation: launch.generation)
            let rest = await reports.untilStopped()
            let exited = rest.compactMap { report in
                if case .containerExited(let container, _, _) = report.event { container } else { nil }
            }
            #expect(exited.sorted() == launch.containers.map(\.name).sorted())
            #expect(rest.last?.event == .stopped)
            #expect(rest.count == exited.count + 1, "nothing else was reported")
        }
    }

    /// An order to stop what is not there is answered with nothing.
    package static func anUnknownTaskIsNotStopped(_ runtime: any TaskRuntime, launch: TaskLaunch) async throws {
        try await withReports(of: runtime) { reports in
            runtime.recover([])
            runtime.stop(launch.task, generation: launch.generation)
            runtime.start(launch)
            runtime.stop(launch.task, generation: launch.generation + 1)
            let started = await reports.next()
            #expect(started?.task == launch.task)
            #expect(started?.generation == launch.generation)
            runtime.stop(launch.task, generation: launch.generation)
            #expect(await reports.untilStopped().last?.event == .stopped)
        }
    }

    /// Runs a runtime for as long as `body` takes, with what it reports.
    package static func withReports(
        of runtime: any TaskRuntime, _ body: (Reports) async throws -> Void
    ) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: TaskReport.self)
        try await withThrowingTaskGroup { group in
            group.addTask { try await runtime.run { continuation.yield($0) } }
            try await body(Reports(stream))
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// The reports of a runtime, one after another.
package final class Reports {
    private var iterator: AsyncStream<TaskReport>.Iterator

    init(_ stream: AsyncStream<TaskReport>) {
        iterator = stream.makeAsyncIterator()
    }

    package func next() async -> TaskReport? {
        await iterator.next(isolation: #isolation)
    }

    /// Everything up to and including the last report of a task.
    package func untilStopped() async -> [TaskReport] {
        var reports: [TaskReport] = []
        while let report = await iterator.next(isolation: #isolation) {
            reports.append(report)
            if report.event == .stopped { break }
        }
        return reports
    }
}

extension TaskLaunch {
    /// A task of one container; what a test sets is what it is about.
    package static func fixture(
        task: UInt64 = 1, generation: Int = 1, containers: [ContainerLaunch] = [.fixture()]
    ) -> TaskLaunch {
        let id = TaskID(high: 0, low: task)
        return TaskLaunch(
            task: id, generation: generation, arn: "arn:aws:ecs:us-east-1:000000000000:task/default/\(id)",
            cluster: "default", service: nil, group: "family:worker", family: "worker", revision: 1,
            zone: "us-east-1a", instance: nil, instanceType: nil, cpu: CPUUnits(256), memory: MiB(512),
            containers: containers)
    }
}

extension ContainerLaunch {
    /// A container of which a test sets only what it is about.
    package static func fixture(
        name: String = "main", image: String = "image", command: [String] = [], environment: [Variable] = [],
        stopTimeout: Duration = .seconds(30)
    ) -> ContainerLaunch {
        ContainerLaunch(
            name: name, image: image, command: command, environment: environment, stopTimeout: stopTimeout)
    }
}
