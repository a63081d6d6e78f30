import BerthKernel
import BerthProtocols
import FoundationEssentials
public import Logging
public import ServiceLifecycle

/// Takes jobs from an SQS queue and runs them: against AWS, against Berth, the same.
///
///     let worker = Worker(queueURL: url) { message in
///         try await render(message.body)
///     }
///     try await worker.runAsProcess()
///
/// A message is hidden while its job runs, however long that takes, and deleted when the job returns. When the
/// job throws, the message comes back and is tried again, until the queue's redrive policy moves it away. On a
/// graceful shutdown, and on cancellation, the worker takes no more messages, gives back those it has not begun
/// and lets the running jobs end; jobs are never cancelled.
///
/// Endpoint, region and credentials come from where AWS's SDKs look for them in a task: `AWS_ENDPOINT_URL_SQS`,
/// `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID` and its companions, and the container credentials
/// endpoint. Profiles and the instance metadata service are not consulted.
public struct Worker: Service {
    public typealias Handler = @Sendable (Message) async throws -> Void

    /// What a worker needs of the world around it.
    struct Surroundings: Sendable {
        var environment = AWSEnvironment.process
        var transport: any HTTPTransport = NetworkTransport()
        var clock: any Clock<Duration> = ContinuousClock()
        /// The wall clock, which signatures are made with.
        var now: @Sendable () -> Instant = { Instant(secondsSinceEpoch: Date().timeIntervalSince1970) ?? .epoch }
    }

    private let queueURL: String
    private let configuration: WorkerConfiguration
    let logger: Logger
    private let surroundings: Surroundings
    private let handler: Handler

    /// - Parameters:
    ///   - queueURL: as GetQueueUrl returns it. Its host is where calls go, unless an endpoint is configured.
    ///   - configuration: checked by ``run()``.
    ///   - logger: hears of failures, retries and the end; not of every job.
    ///   - handler: one job. Several run at the same time if the configuration says so. It may be given the same
    ///     message again, even after it succeeded.
    public init(
        queueURL: String, configuration: WorkerConfiguration = WorkerConfiguration(),
        logger: Logger = Logger(label: "berth.worker"), handler: @escaping Handler
    ) {
        self.init(
            queueURL: queueURL, configuration: configuration, logger: logger, surroundings: Surroundings(),
            handler: handler)
    }

    init(
        queueURL: String, configuration: WorkerConfiguration, logger: Logger, surroundings: Surroundings,
        handler: @escaping Handler
    ) {
        self.queueURL = queueURL
        self.configuration = configuration
        self.logger = logger
        self.surroundings = surroundings
        self.handler = handler
    }

    /// Works until it is told to stop, finds nothing to do for as long as configured, or cannot go on.
    ///
    /// - Throws: ``WorkerError`` when the queue refuses the worker for good. What the queue fails at is tried again,
    ///   and so is a queue that cannot be reached.
    public func run() async throws {
        try configuration.validate()
        let client = try QueueClient(
            queueURL: queueURL, environment: surroundings.environment, transport: surroundings.transport,
            now: surroundings.now)
        let protection = TaskProtection(
            environment: surroundings.environment, isEnabled: configuration.protectsTask,
            transport: surroundings.transport, logger: logger, now: surroundings.now)
        let slots = JobSlots(count: configuration.concurrency)
        let poller = Poller(
            client: client, slots: slots, protection: protection, configuration: configuration,
            clock: surroundings.clock, logger: logger)
        let runner = JobRunner(
            client: client, slots: slots, protection: protection, configuration: configuration,
            clock: surroundings.clock, logger: logger, handler: handler)
        try await run(poller, runner, slots)
        await protection.release()
    }

    /// Polls and runs jobs in two tasks of their own, because they must end differently.
    ///
    /// A drain cancels the poll that is under way, while the jobs must not notice that whoever runs the worker was
    /// cancelled: child tasks would. The jobs end when the poller has closed the stream and the last of them is
    /// done, and that is always waited for.
    private func run(_ poller: Poller, _ runner: JobRunner, _ slots: JobSlots) async throws {
        let (messages, feed) = AsyncStream.makeStream(of: ReceivedMessage.self)
        let running = Task { await runner.run(messages) }
        let polling = Task {
            defer { feed.finish() }
            try await poller.run(into: feed)
        }
        let outcome = await withTaskCancellationOrGracefulShutdownHandler {
            await polling.result
        } onCancelOrGracefulShutdown: {
            polling.cancel()
            slots.close()
        }
        await running.value
        do {
            try outcome.get()
        } catch is CancellationError {
            // The drain ended a poll that was under way.
        } catch let failure as CallFailure {
            throw WorkerError(code: .refused, message: failure.description)
        }
        logger.info(polling.isCancelled ? "Drained." : "There was nothing to do.")
    }
}

extension WorkerConfiguration {
    fileprivate func validate() throws(WorkerError) {
        let rules = [
            (concurrency >= 1, "concurrency must be at least 1, not \(concurrency)."),
            ((1...10).contains(batchSize ?? 1), "batchSize must be between 1 and 10."),
            ((.zero ... .seconds(20)).contains(waitTime), "waitTime must be between 0 and 20 seconds."),
            (
                (.seconds(2) ... .seconds(43_200)).contains(visibilityTimeout),
                "visibilityTimeout must be between 2 and 43200 seconds."
            ),
            ((exitAfterEmptyPolls ?? 1) >= 1, "exitAfterEmptyPolls must be at least 1."),
            (
                (.zero ... .seconds(43_200)).contains(retryDelay ?? .zero),
                "retryDelay must be between 0 and 43200 seconds."
            ),
        ]
        for (holds, message) in rules where !holds {
            throw WorkerError(code: .configuration, message: message)
        }
    }
}
