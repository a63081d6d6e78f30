import BerthEngine
import BerthKernel
import Synchronization

/// The `Date` of answers: `Sat, 21 Nov 2026 08:05:09 GMT`, made once a second.
final class DateHeader: Sendable {
    private let latest = Mutex<(second: Int64, text: String)>((.min, ""))

    var value: String {
        let now = EngineClock.wall.now()
        return latest.withLock { latest in
            let second = now.microseconds / 1_000_000
            if latest.second != second { latest = (second, CalendarTime(now).httpDate) }
            return latest.text
        }
    }
}
