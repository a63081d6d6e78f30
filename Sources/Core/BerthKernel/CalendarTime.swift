/// A UTC date and time of day taken apart, for the texts in which AWS spells out times.
///
/// Proleptic Gregorian calendar, no leap seconds, as Unix time counts.
public struct CalendarTime: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int
    public let millisecond: Int
    /// Days since Sunday: 0 is Sunday, 6 is Saturday.
    public let weekday: Int

    public init(_ instant: Instant) {
        let milliseconds = instant.millisecondsSinceEpoch
        let dayNumber = milliseconds.flooredQuotient(by: 86_400_000)
        let ofDay = Int(milliseconds - dayNumber * 86_400_000)
        (year, month, day) = Self.date(dayNumber)
        hour = ofDay / 3_600_000
        minute = ofDay / 60_000 % 60
        second = ofDay / 1_000 % 60
        millisecond = ofDay % 1_000
        weekday = Int((dayNumber + 4) - (dayNumber + 4).flooredQuotient(by: 7) * 7)
    }

    /// Days since 1970-01-01 to (year, month, day), counting eras of 400 years from 0000-03-01.
    private static func date(_ dayNumber: Int64) -> (Int, Int, Int) {
        let shifted = dayNumber + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * ofYear + 2) / 153
        let day = Int(ofYear - (153 * marchMonth + 2) / 5 + 1)
        let month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
        let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    /// `2026-11-21T08:05:09Z`, as scaling activities write times.
    public var iso8601: String {
        "\(dateText)T\(timeText)Z"
    }

    /// `2026-11-21T08:05:09.120Z`, as XML answers write times.
    public var iso8601WithMilliseconds: String {
        "\(dateText)T\(timeText).\(padded(millisecond, 3))Z"
    }

    /// `2026-11-21T08:05:09.120+0000`, as alarm reason data writes times.
    public var alarmReasonText: String {
        "\(dateText)T\(timeText).\(padded(millisecond, 3))+0000"
    }

    /// `21/11/26 08:05:09`, as the datapoint list of an alarm reason writes times.
    public var datapointText: String {
        "\(padded(day, 2))/\(padded(month, 2))/\(padded(year % 100, 2)) \(timeText)"
    }

    /// `Sat, 21 Nov 2026 08:05:09 GMT`, as HTTP writes times.
    public var httpDate: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(days[weekday]), \(padded(day, 2)) \(months[month - 1]) \(padded(year, 4)) \(timeText) GMT"
    }

    /// `08:05:09`.
    public var timeText: String {
        "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }

    private var dateText: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
