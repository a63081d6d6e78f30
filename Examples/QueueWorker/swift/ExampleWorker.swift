import BerthWorker
import FoundationEssentials
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The worker of the queue-worker example: every message is a job that takes some seconds.
///
/// `QUEUE_URL` names the queue; `CONCURRENCY` (1) says how many jobs run at a time, and `VISIBILITY_TIMEOUT` (30)
/// how many seconds a message stays hidden without a sign of life, `WAIT_SECONDS` (20) how long a poll waits. Ends by
/// itself after three polls without a message.
@main
struct ExampleWorker {
    static func main() async {
        let logger = Logger(label: "worker")
        do {
            try await run(logger)
        } catch {
            logger.critical("The worker cannot go on.", metadata: ["error": "\(error)"])
            exit(1)
        }
    }

    private static func run(_ logger: Logger) async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let queueURL = environment["QUEUE_URL"] else {
            throw WorkerError(code: .configuration, message: "QUEUE_URL is not set.")
        }
        let worker = Worker(queueURL: queueURL, configuration: configuration(environment), logger: logger) { message in
            let job = try Job(message.body)
            logger.info("Begun.", metadata: ["message": "\(message.id)", "attempt": "\(message.receiveCount)"])
            try await Task.sleep(for: .seconds(job.seconds))
            logger.info("Done.", metadata: ["message": "\(message.id)", "seconds": "\(job.seconds)"])
        }
        try await worker.runAsProcess()
    }

    private static func configuration(_ environment: [String: String]) -> WorkerConfiguration {
        var configuration = WorkerConfiguration()
        configuration.concurrency = environment["CONCURRENCY"].flatMap { Int($0) } ?? 1
        configuration.batchSize = 10
        configuration.waitTime = .seconds(environment["WAIT_SECONDS"].flatMap { Int($0) } ?? 20)
        configuration.visibilityTimeout = .seconds(environment["VISIBILITY_TIMEOUT"].flatMap { Int($0) } ?? 30)
        configuration.exitAfterEmptyPolls = 3
        return configuration
    }
}

/// What a message asks for: `{"seconds": 2}`, or any other text for two seconds of work.
struct Job {
    let seconds: Double

    private struct Body: Decodable {
        let seconds: Double
    }

    /// Throws for a job of negative or endless length: it fails, is tried again and ends in the dead-letter queue.
    init(_ body: String) throws {
        let asked = try? JSONDecoder().decode(Body.self, from: Data(body.utf8))
        seconds = asked?.seconds ?? 2
        guard (0...86_400).contains(seconds) else { throw UnusableJob(seconds: seconds) }
    }
}

struct UnusableJob: Error {
    let seconds: Double
}
