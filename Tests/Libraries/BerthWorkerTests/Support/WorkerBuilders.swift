import BerthKernel
import Logging
import Testing

@testable import BerthWorker

/// The surroundings of a worker under test, which it can be driven from.
struct Workshop {
    let queue = StubQueue()
    let clock = ManualClock()
    var environment = ["AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"]
    var configuration = WorkerConfiguration()

    func worker(_ handler: @escaping Worker.Handler = { _ in }) -> Worker {
        Worker(
            queueURL: "http://127.0.0.1:4566/000000000000/jobs", configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            surroundings: Worker.Surroundings(
                environment: AWSEnvironment(environment), transport: queue, clock: clock, now: { .seconds(0) }),
            handler: handler)
    }
}

/// Lets other tasks run until `condition` holds; a condition that never holds is a failure, not a hang.
func eventually(
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
) async {
    for _ in 0..<100_000 {
        if condition() { return }
        await Task.yield()
    }
    Issue.record(comment ?? "It did not come to that.", sourceLocation: sourceLocation)
}

/// A job that begins when the worker says so and ends when the test says so.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() { continuation.finish() }

    func pass() async {
        for await _ in stream {}
    }
}
