import Logging

/// Tries a call again as long as that may help, waiting twice as long each time, from 100 ms up to 5 s.
struct Backoff: Sendable {
    private static let first = Duration.milliseconds(100)
    private static let longest = Duration.seconds(5)

    /// How often to try in all; `nil` means until it succeeds, is refused or is cancelled.
    let attempts: Int?
    let clock: any Clock<Duration>
    let logger: Logger

    func retry<Value>(_ call: () async throws -> Value) async throws -> Value {
        var delay = Self.first
        var failures = 0
        while true {
            do {
                return try await call()
            } catch let failure as CallFailure where failure.isWorthRetrying {
                failures += 1
                if failures == attempts { throw failure }
                logger.warning("The queue is asked again.", metadata: ["after": "\(delay)", "reason": "\(failure)"])
            }
            try await clock.sleep(for: delay)
            delay = min(delay * 2, Self.longest)
        }
    }
}
