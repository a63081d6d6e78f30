import BerthKernel
import BerthPlacement
import BerthTestSupport
import CustomDump
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct TaskLifecycleTests {
    /// One standalone task that runs on instance 1.
    private func running(_ settings: ECSSettings = .init()) throws -> (Bench, ECSTask) {
        var bench = try Bench(settings: settings)
        bench.addInstance(1)
        let reply = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
        bench.collect()
        bench.runAll()
        return (bench, try #require(bench.ecs.tasks[reply.tasks[0].id]))
    }

    @Test func `a started report makes a task RUNNING`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.pass(.seconds(3))
        let now = bench.now
        expectDifference(bench.ecs.tasks[task.id]) {
            bench.report(task, .started(runtimeIDs: ["pid-7"]))
        } changes: {
            $0?.lastStatus = .running
            $0?.startedAt = now
            $0?.version += 1
            $0?.containers[0].lastStatus = .running
            $0?.containers[0].runtimeID = "pid-7"
        }
    }

    @Test func `a report of another generation or of an unknown task is ignored`() throws {
        var (bench, task) = try running()
        let before = bench
        let late = TaskReport(task: task.id, generation: 2, event: .stopped)
        bench.ecs.report(late, at: bench.now)
        bench.ecs.report(
            TaskReport(task: TaskID(high: 1, low: 1), generation: 1, event: .stopped), at: bench.now)
        #expect(bench == before)
    }

    @Test func `an essential container's exit stops the task`() throws {
        var (bench, task) = try running()
        bench.report(task, .containerExited(container: "main", exitCode: 3, reason: nil))
        let stopping = try #require(bench.ecs.tasks[task.id])
        #expect(stopping.lastStatus == .stopping)
        #expect(bench.events.contains(.stopTask(task.id, generation: 1)))
        bench.report(task, .stopped)
        let stopped = try #require(bench.ecs.tasks[task.id])
        #expect(stopped.lastStatus == .stopped)
        #expect(stopped.stopCode == .essentialContainerExited)
        #expect(stopped.stoppedReason == "Essential container in task exited")
        #expect(stopped.containers.map(\.exitCode) == [3])
        #expect(bench.events.contains(.taskStopped(task.id)))
    }

    @Test func `another container's exit changes nothing but itself`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        _ = try bench.ecs.registerTaskDefinition(
            .worker(family: "pair", memory: 512) {
                $0.containers.append(ContainerDefinition(name: "side", image: "x", memory: 256, isEssential: false))
            }, at: bench.now)
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "pair"), at: bench.now)
            .tasks[0]
        bench.runAll()
        bench.report(task, .containerExited(container: "side", exitCode: 0, reason: nil))
        #expect(bench.ecs.tasks[task.id]?.lastStatus == .running)
        #expect(bench.ecs.tasks[task.id]?.containers.map(\.lastStatus) == [.running, .stopped])
    }

    @Test func `a container that cannot start fails the task with its reason`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.fail(task)
        let stopped = try #require(bench.ecs.tasks[task.id])
        #expect(stopped.stopCode == .failedToStart)
        #expect(stopped.stoppedReason == "CannotStartContainerError: no such file")
        #expect(stopped.containers[0].reason == "CannotStartContainerError: no such file")
    }

    @Test func `stopping a task gives the caller's reason, or AWS's`() throws {
        var (bench, task) = try running()
        let stopping = try bench.ecs.stopTask(cluster: "demo", task: task.arn, reason: nil, at: bench.now)
        #expect(stopping.stoppedReason == "Task stopped by user")
        #expect(stopping.stopCode == .userInitiated)
        #expect(stopping.lastStatus == .stopping)
        let again = try bench.ecs.stopTask(cluster: "demo", task: task.arn, reason: "twice", at: bench.now)
        #expect(again == stopping)
        #expect(throws: Refusal.taskNotFound()) {
            try bench.ecs.stopTask(cluster: "demo", task: "nothing", reason: nil, at: bench.now)
        }
    }

    @Test func `a task that waits for an instance stops at once`() throws {
        var bench = try Bench()
        try bench.service(desired: 1)
        let task = try bench.ecs.stopTask(
            cluster: "demo", task: bench.tasks[0].id.hex, reason: "enough", at: bench.now)
        #expect(task.lastStatus == .stopped)
        #expect(bench.ecs.demand(provider: "cp").isEmpty)
    }

    @Test func `an exit while the task stops is recorded and changes no reason`() throws {
        var (bench, task) = try running()
        _ = try bench.ecs.stopTask(cluster: "demo", task: task.arn, reason: "enough", at: bench.now)
        bench.report(task, .containerExited(container: "main", exitCode: 143, reason: nil))
        bench.report(task, .stopped)
        #expect(bench.ecs.tasks[task.id]?.stoppedReason == "enough")
        #expect(bench.ecs.tasks[task.id]?.containers[0].exitCode == 143)
    }

    @Test(arguments: [(3_599, 1), (3_600, 0)])
    func `a stopped task stays describable for an hour, whatever the pace`(seconds: Int, count: Int) throws {
        var bench = try Bench(pace: Pace(factor: 60))
        bench.addInstance(1)
        let task = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.runAll()
        bench.exit(task)
        bench.pass(.seconds(seconds))
        #expect(bench.tasks.count == count)
    }

    @Test func `an instance that goes takes its tasks with it`() throws {
        var (bench, task) = try running()
        bench.events = []
        bench.ecs.instanceTerminated(InstanceID(number: 1), at: bench.now)
        bench.collect()
        let stopped = try #require(bench.ecs.tasks[task.id])
        #expect(stopped.lastStatus == .stopped)
        #expect(stopped.stopCode == .terminationNotice)
        #expect(stopped.stoppedReason == "Host EC2 (instance \(InstanceID(number: 1))) terminated.")
        #expect(bench.events.contains(.stopTask(task.id, generation: 1)))
        #expect(bench.ecs.instances.isEmpty)
        let later = bench
        bench.report(task, .stopped)
        #expect(bench == later)
    }

    @Test func `room is promised when a task is told to stop and used when it has stopped`() throws {
        var (bench, first) = try running()
        _ = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
        bench.runAll()
        _ = try bench.ecs.stopTask(cluster: "demo", task: first.arn, reason: nil, at: bench.now)
        bench.events = []
        let next = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
            .tasks[0]
        bench.collect()
        #expect(next.lastStatus == .pending)
        #expect(bench.launches.isEmpty)
        bench.report(first, .stopped)
        #expect(bench.launches.map(\.task) == [next.id])
    }

    @Test func `room is promised only when a task has stopped, if so set`() throws {
        var settings = ECSSettings()
        settings.releasesResources = .whenStopped
        var (bench, first) = try running(settings)
        _ = try bench.ecs.runTask(RunTaskRequest(cluster: "demo", taskDefinition: "worker"), at: bench.now)
        _ = try bench.ecs.stopTask(cluster: "demo", task: first.arn, reason: nil, at: bench.now)
        let request = RunTaskRequest(cluster: "demo", taskDefinition: "worker")
        #expect(try bench.ecs.runTask(request, at: bench.now).failures.map(\.reason) == ["RESOURCE:CPU"])
        bench.report(first, .stopped)
        #expect(try bench.ecs.runTask(request, at: bench.now).failures.isEmpty)
    }

    @Test func `a launch carries the definition with the overrides applied`() throws {
        var bench = try Bench()
        bench.addInstance(1)
        _ = try bench.ecs.registerTaskDefinition(
            .worker(family: "job") {
                $0.containers[0].environment = [.init(name: "A", value: "1"), .init(name: "B", value: "2")]
                $0.containers[0].command = ["run"]
                $0.containers[0].stopTimeout = 5
                $0.containers[0].portMappings = [.init(containerPort: 80, hostPort: 8_080)]
            }, at: bench.now)
        let override = TaskOverrides.ContainerOverride(
            name: "main", command: ["other"], environment: [.init(name: "A", value: "3")])
        _ = try bench.ecs.runTask(
            RunTaskRequest(cluster: "demo", taskDefinition: "job", overrides: TaskOverrides(containers: [override])),
            at: bench.now)
        bench.collect()
        let launch = try #require(bench.launches.first)
        #expect(launch.group == "family:job")
        #expect(launch.instanceType == "c5.large")
        #expect(
            launch.containers == [
                ContainerLaunch(
                    name: "main", image: "worker", command: ["other"],
                    environment: [.init(name: "B", value: "2"), .init(name: "A", value: "3")],
                    stopTimeout: .seconds(5), ports: [.init(containerPort: 80, hostPort: 8_080, isUDP: false)])
            ])
    }
}
