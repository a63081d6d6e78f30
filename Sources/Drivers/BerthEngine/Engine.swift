package import BerthKernel
package import BerthWorld
package import Logging

/// Drives one world by the wall clock, durably.
///
/// One thread owns the world and drains one mailbox: apply, journal, reply, dispatch. What arrives while
/// the disk is busy shares the next commit. Nothing the world decided is seen by anybody, neither as a
/// reply nor as a started task, before the commands behind it are in the journal; a crash at any instant
/// loses no answered call.
///
/// Requests made before ``run()`` has recovered the world wait for it.
package final class Engine: Sendable {
    let configuration: EngineConfiguration
    let commands: EngineCommands
    let runtime: any TaskRuntime
    let mailbox: Mailbox
    let decisionFeed: DecisionFeed
    let bodies: PayloadCache
    let waiterIDs: WaiterIDs
    private let thread: LoopThread
    /// Nothing ever comes out of it; its end is the request.
    private let shutdownRequested: AsyncStream<Never>
    private let shutdownRequest: AsyncStream<Never>.Continuation

    /// Prepares an engine; nothing is read or started before ``run()``.
    ///
    /// `newWorld` is what a world begins with when the journal is empty; a stored world keeps its own. `store` is
    /// both halves of the storage, since a command and its bodies must be one commit.
    package init(
        newWorld: WorldConfiguration, store: any Journal & PayloadStore, runtime: any TaskRuntime,
        commands: EngineCommands, registry: CommandRegistry = .all, clock: EngineClock = .wall,
        configuration: EngineConfiguration = EngineConfiguration(), logger: Logger
    ) {
        self.configuration = configuration
        self.commands = commands
        self.runtime = runtime
        mailbox = Mailbox(capacity: configuration.mailboxCapacity)
        decisionFeed = DecisionFeed(buffer: configuration.decisionBuffer)
        bodies = PayloadCache(store: store, capacity: configuration.payloadCacheBytes)
        waiterIDs = WaiterIDs(startingAt: clock.now())
        (shutdownRequested, shutdownRequest) = AsyncStream.makeStream()
        let (mailbox, decisionFeed, bodies) = (mailbox, decisionFeed, bodies)
        thread = LoopThread {
            try EngineLoop.run(
                EngineLoop.Surroundings(
                    newWorld: newWorld, journal: store, runtime: runtime, commands: commands,
                    registry: registry, clock: clock, configuration: configuration, logger: logger,
                    mailbox: mailbox, decisionFeed: decisionFeed, bodies: bodies))
        }
    }

    /// Recovers the world and drives it until ``shutDown()``, cancellation, or a failure of the journal.
    ///
    /// Called once. After an orderly end the store holds a snapshot, so that the next start replays nothing.
    package func run() async throws {
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The thread ends when the mailbox is closed and empty, the runtime when it is cancelled;
                // whichever ends first takes the other with it.
                group.addTask { [thread] in try await thread.run() }
                group.addTask { [self] in
                    defer { mailbox.close() }
                    try await runTasks()
                }
                try await group.next()
                group.cancelAll()
                try await group.waitForAll()
            }
        } onCancel: {
            shutDown()
        }
    }

    /// Stops the tasks, carries out what was submitted until then, answers open long polls, and ends ``run()``.
    ///
    /// Commands are carried out as ever while the tasks end: a worker that finishes its job in the time it has must
    /// still be able to delete the message, or the work would be done twice.
    package func shutDown() {
        shutdownRequest.finish()
    }

    /// Runs the world's tasks until ``shutDown()``, and returns once they have ended.
    private func runTasks() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                try await runtime.run { [self] report in
                    let command = commands.report(report)
                    try await deliver(command)
                }
            }
            group.addTask { [shutdownRequested] in
                for await _ in shutdownRequested {}
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Carries out a command and returns when it is durable.
    ///
    /// Throws the world's ``Refusal``, or an ``EngineError``. The bodies are handed to the command as
    /// references, in their order, by ``Command/store(payloads:)``; a refused command keeps none.
    package func submit<C: Command>(_ command: C, payloads: [[UInt8]] = []) async throws -> C.Reply {
        try await withCheckedThrowingContinuation { continuation in
            mailbox.post(CommandSubmission(command, payloads: payloads, continuation: continuation))
        }
    }

    /// Carries out a long poll and returns its messages, now or when the world answers.
    ///
    /// The engine gives the command its waiter id. When the calling task is cancelled the wait ends in the
    /// world too, and this throws `CancellationError`; a message answered at that very moment stays in
    /// flight, as for any client that goes away.
    package func receive<C: WaitingCommand>(_ command: C) async throws -> [ReceivedMessage] {
        var command = command
        command.waiter = waiterIDs.next()
        let submission = ReceiveSubmission(command)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submission.continuation = continuation
                mailbox.post(submission)
            }
        } onCancel: {
            mailbox.postAlways(CancelReceive(submission))
        }
    }

    /// Looks at the world as it is at this moment, committed.
    ///
    /// `body` runs on the engine's thread while everything else waits: take out what is needed, render it
    /// elsewhere.
    package func read<R: Sendable>(_ body: @escaping @Sendable (World) -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            mailbox.post(ReadSubmission(body, continuation: continuation))
        }
    }

    /// The bodies behind `references`, in their order; `nil` for one whose message is gone.
    package func payloads(_ references: [PayloadRef]) throws -> [[UInt8]?] {
        try references.map { try bodies.payload($0) }
    }

    /// The body behind a reference, or `nil` when its message is gone.
    package func payload(_ reference: PayloadRef) throws -> [UInt8]? {
        try bodies.payload(reference)
    }

    /// Everything the world decides from now on, each once its commands are durable.
    ///
    /// A subscriber that falls behind loses the oldest decisions, never the newest.
    package func decisions() -> AsyncStream<Decision> {
        decisionFeed.subscribe()
    }

    /// Reports are as many as there are tasks and must not be lost to a full mailbox.
    ///
    /// One that the world refuses has been delivered nevertheless.
    private func deliver<C: Command>(_ command: C) async throws {
        do {
            _ = try await withCheckedThrowingContinuation { continuation in
                mailbox.postAlways(CommandSubmission(command, payloads: [], continuation: continuation))
            }
        } catch is Refusal {}
    }
}
