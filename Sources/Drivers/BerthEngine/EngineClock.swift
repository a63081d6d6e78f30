package import BerthKernel
import Foundation

/// Where an engine reads the time.
///
/// It may step back; the engine's instants never do.
package struct EngineClock: Sendable {
    package let now: @Sendable () -> Instant

    package init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// The computer's calendar clock.
    package static let wall = EngineClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
