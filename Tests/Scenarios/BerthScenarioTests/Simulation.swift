import BerthKernel
import BerthQueues
import BerthTestSupport
import BerthWorld
import OrderedCollections

/// A driver of a world in virtual time: it jumps from one deadline to the next and plays the workers.
///
/// What a server does with sockets and processes is a script here, so an hour of a stack takes milliseconds and
/// always goes the same way.
struct Simulation {
    private(set) var world: World
    let script: WorkerScript
    /// How often each message was deleted after a job, by id.
    private(set) var processed: OrderedDictionary<MessageID, Int> = [:]
    /// What a person would have seen change, oldest first.
    private(set) var story: [Scene] = []

    private var workers: OrderedDictionary<TaskID, Worker> = [:]
    private var agenda: [Appointment] = []
    private var pollers: OrderedDictionary<UInt64, TaskID> = [:]
    private var nextWaiter: UInt64 = 1

    init(pace: Int = 60, seed: UInt64 = 1, script: WorkerScript = WorkerScript()) {
        world = World(configuration: WorldConfiguration(pace: Pace(factor: pace), seed: seed, startedAt: .monday))
        self.script = script
        performEffects()
    }

    var now: Instant { world.now }
    /// An AWS duration in the world's time.
    func paced(_ duration: Duration) -> Duration { world.configuration.pace(duration) }

    /// Carries a command out now, and what it causes at once.
    @discardableResult
    mutating func send<C: Command>(_ command: C) throws(Refusal) -> C.Reply {
        let reply = try world.send(command, at: now)
        performEffects()
        return reply
    }

    /// Runs until something holds, at most so long; tells whether it came to hold.
    @discardableResult
    mutating func run(atMost duration: Duration, until isDone: (World) -> Bool = { _ in false }) -> Bool {
        let end = now + duration
        while !isDone(world) {
            let next = Optional.earliest(world.nextDeadline, agenda.first?.instant)
            guard let next, next <= end else {
                world.advance(to: end)
                return isDone(world)
            }
            step(to: max(next, now))
        }
        return true
    }

    private mutating func step(to instant: Instant) {
        world.advance(to: instant)
        performEffects()
        while let first = agenda.first, first.instant <= instant {
            agenda.removeFirst()
            keep(first)
        }
        note()
    }

    private mutating func note() {
        let scene = Scene(world)
        if story.last.map({ !$0.looksLike(scene) }) ?? true { story.append(scene) }
    }
}

// MARK: - Effects

extension Simulation {
    private mutating func performEffects() {
        while true {
            let effects = world.drainEffects()
            guard !effects.isEmpty else { return }
            for effect in effects { perform(effect) }
        }
    }

    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .startTask(let launch):
            // Performing an effect twice is harmless.
            guard workers[launch.task]?.launch.generation != launch.generation else { return }
            workers[launch.task] = Worker(launch: launch)
            schedule(.started(launch.task), after: script.startup)
        case .stopTask(let task, let generation): stop(task, generation: generation)
        case .answerReceive(let waiter, let messages):
            guard let task = pollers.removeValue(forKey: waiter) else { return }
            received(messages, by: task)
        case .releasePayloads, .announce: break
        }
    }

    private mutating func stop(_ task: TaskID, generation: Int) {
        guard var worker = workers[task], worker.launch.generation == generation else {
            report(task, generation, .stopped)
            return
        }
        worker.isStopping = true
        workers[task] = worker
        if let waiter = worker.waiter {
            pollers.removeValue(forKey: waiter)
            must(CancelReceives(waiter: waiter))
        }
        if worker.held.isEmpty && worker.isUp {
            exit(task, code: 0)
        } else {
            let timeout = worker.launch.containers.map(\.stopTimeout).max() ?? .zero
            schedule(.killed(task), after: timeout)
        }
    }

    private mutating func report(_ task: TaskID, _ generation: Int, _ event: TaskReport.Event) {
        must(ReportTask(report: TaskReport(task: task, generation: generation, event: event)))
    }

    /// Sends a command that cannot be refused.
    @discardableResult
    private mutating func must<C: Command>(_ command: C) -> C.Reply {
        do {
            return try send(command)
        } catch {
            fatalError("\(C.name) was refused: \(error)")
        }
    }
}

// MARK: - Workers

extension Simulation {
    private mutating func schedule(_ event: Appointment.Event, after delay: Duration) {
        let instant = now + delay
        let place = agenda.firstIndex { $0.instant > instant } ?? agenda.endIndex
        agenda.insert(Appointment(instant: instant, event: event), at: place)
    }

    private mutating func keep(_ appointment: Appointment) {
        switch appointment.event {
        case .started(let task): started(task)
        case .finished(let task): finishJob(of: task)
        case .killed(let task): if workers[task] != nil { exit(task, code: 137) }
        }
    }

    private mutating func started(_ task: TaskID) {
        guard let worker = workers[task] else { return }
        workers[task]?.isUp = true
        let runtimeIDs = worker.launch.containers.map { "\($0.name)-\(task.hex.prefix(4))" }
        report(task, worker.launch.generation, .started(runtimeIDs: runtimeIDs))
        guard workers[task]?.isStopping == false else { return exit(task, code: 0) }
        poll(task)
    }

    private mutating func poll(_ task: TaskID) {
        guard let queue = script.queue, workers[task] != nil else { return }
        let waiter = nextWaiter
        nextWaiter += 1
        let request = ReceiveRequest(queue: queue, limit: 10, waiter: waiter, holder: task)
        // The queue may be gone before the worker is.
        guard let outcome = try? send(ReceiveMessages(request: request)) else { return exit(task, code: 1) }
        switch outcome {
        case .messages(let messages): received(messages, by: task)
        case .waiting:
            pollers[waiter] = task
            workers[task]?.waiter = waiter
        }
    }

    private mutating func received(_ messages: [ReceivedMessage], by task: TaskID) {
        workers[task]?.waiter = nil
        workers[task]?.held = messages
        guard messages.isEmpty else {
            workers[task]?.emptyPolls = 0
            schedule(.finished(task), after: script.job)
            return
        }
        workers[task]?.emptyPolls += 1
        if workers[task]?.emptyPolls == script.emptyPolls { exit(task, code: 0) } else { poll(task) }
    }

    /// One job after the other; the others' visibility is extended meanwhile.
    private mutating func finishJob(of task: TaskID) {
        guard var worker = workers[task], let queue = script.queue, !worker.held.isEmpty else { return }
        let message = worker.held.removeFirst()
        workers[task] = worker
        processed[message.id, default: 0] += 1
        must(DeleteMessages(queue: queue, handles: [message.receiptHandle]))
        if worker.held.isEmpty {
            if worker.isStopping { exit(task, code: 0) } else { poll(task) }
        } else {
            let entries = worker.held.map { ChangeVisibilities.Entry(handle: $0.receiptHandle, seconds: 30) }
            must(ChangeVisibilities(queue: queue, entries: entries))
            schedule(.finished(task), after: script.job)
        }
    }

    private mutating func exit(_ task: TaskID, code: Int) {
        guard let worker = workers.removeValue(forKey: task) else { return }
        for container in worker.launch.containers {
            let event = TaskReport.Event.containerExited(container: container.name, exitCode: code, reason: nil)
            report(task, worker.launch.generation, event)
        }
        report(task, worker.launch.generation, .stopped)
    }
}

/// What every worker does.
struct WorkerScript {
    /// Where it looks for messages; `nil` for a worker that only sits there.
    var queue: String? = "demo-jobs"
    var job: Duration = .seconds(2)
    /// From the start effect to running containers.
    var startup: Duration = .milliseconds(300)
    /// So many empty polls in a row and the worker leaves.
    var emptyPolls = 3
}

private struct Worker {
    let launch: TaskLaunch
    var isUp = false
    var isStopping = false
    var emptyPolls = 0
    var waiter: UInt64?
    var held: [ReceivedMessage] = []
}

private struct Appointment {
    enum Event {
        case started(TaskID)
        case finished(TaskID)
        case killed(TaskID)
    }

    let instant: Instant
    let event: Event
}

/// How things stand at one moment.
struct Scene {
    let instant: Instant
    let messages: Int
    let desired: Int
    let running: Int
    let instances: Int

    init(_ world: World) {
        let status = world.status
        instant = world.now
        messages = status.queues.filter { !$0.isDeadLetterQueue }.reduce(0) { $0 + $1.visible + $1.inFlight }
        desired = status.services.reduce(0) { $0 + $1.desired }
        running = status.services.reduce(0) { $0 + $1.running }
        instances = status.instances.count
    }

    func looksLike(_ other: Scene) -> Bool {
        (messages, desired, running, instances) == (other.messages, other.desired, other.running, other.instances)
    }
}

extension [Scene] {
    /// The values one quantity took, without repetition.
    func course(_ quantity: (Scene) -> Int) -> [Int] {
        reduce(into: []) { course, scene in
            if course.last != quantity(scene) { course.append(quantity(scene)) }
        }
    }
}
