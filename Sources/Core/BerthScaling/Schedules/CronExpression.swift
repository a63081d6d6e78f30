import BerthKernel

/// The fields of `cron(minute hour day-of-month month day-of-week [year])`, seconds in front when seven.
struct CronExpression: Hashable, Sendable {
    enum DayOfMonth: Hashable, Sendable {
        case any, last
        case days([Int])
    }

    enum DayOfWeek: Hashable, Sendable {
        case any
        /// 0 is Sunday.
        case days([Int])
        /// The n-th of that weekday in the month: `2#1`.
        case nth(Int, weekday: Int)
        /// The last of that weekday in the month: `6L`.
        case last(weekday: Int)
    }

    let seconds: [Int]
    private let minutes: [Int]
    private let hours: [Int]
    private let dayOfMonth: DayOfMonth
    private let months: [Int]
    private let dayOfWeek: DayOfWeek
    private let years: [Int]

    /// Five to seven fields, exactly one of the two days being `?` (measured on AWS, reference C.8).
    init?(_ text: String) {
        var fields = text.uppercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard (5...7).contains(fields.count) else { return nil }
        if fields.count < 7 { fields.insert("0", at: 0) }
        if fields.count < 7 { fields.append("*") }
        guard (fields[3] == "?") != (fields[5] == "?"),
            let seconds = Self.values(fields[0], in: 0...59), let minutes = Self.values(fields[1], in: 0...59),
            let hours = Self.values(fields[2], in: 0...23), let dayOfMonth = Self.dayOfMonth(fields[3]),
            let months = Self.values(fields[4], in: 1...12, names: Self.monthNames),
            let dayOfWeek = Self.dayOfWeek(fields[5]), let years = Self.values(fields[6], in: 1970...2199)
        else { return nil }
        self.seconds = seconds
        self.minutes = minutes
        self.hours = hours
        self.dayOfMonth = dayOfMonth
        self.months = months
        self.dayOfWeek = dayOfWeek
        self.years = years
    }

    /// The first match strictly after `instant`, or `nil` when there is none within a leap-year cycle.
    func next(after instant: Instant) -> Instant? {
        let start = instant.floored(to: .seconds(1)) + .seconds(1)
        let firstDay = start.floored(to: .seconds(86_400))
        for dayNumber in 0..<Self.horizonDays {
            let day = firstDay + .seconds(86_400 * Int64(dayNumber))
            guard matches(day) else { continue }
            for hour in hours {
                for minute in minutes {
                    for second in seconds {
                        let moment = day + .seconds(Int64(hour * 3_600 + minute * 60 + second))
                        if moment >= start { return moment }
                    }
                }
            }
        }
        return nil
    }

    /// Eight years hold every date there is, also around a century without its leap day.
    private static let horizonDays = 8 * 366

    private func matches(_ day: Instant) -> Bool {
        let date = CalendarTime(day)
        guard years.contains(date.year), months.contains(date.month) else { return false }
        func isLeaving(in days: Int64) -> Bool { CalendarTime(day + .seconds(86_400 * days)).month != date.month }
        let monthMatches =
            switch dayOfMonth {
            case .any: true
            case .last: isLeaving(in: 1)
            case .days(let days): days.contains(date.day)
            }
        let weekMatches =
            switch dayOfWeek {
            case .any: true
            case .days(let days): days.contains(date.weekday)
            case .nth(let count, let weekday): date.weekday == weekday && (date.day - 1) / 7 + 1 == count
            case .last(let weekday): date.weekday == weekday && isLeaving(in: 7)
            }
        return monthMatches && weekMatches
    }

    private static let monthNames = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    /// From 1, as cron counts weekdays.
    private static let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    private static func dayOfMonth(_ field: String) -> DayOfMonth? {
        switch field {
        case "*", "?": .any
        case "L": .last
        default: values(field, in: 1...31).map(DayOfMonth.days)
        }
    }

    private static func dayOfWeek(_ field: String) -> DayOfWeek? {
        if field == "*" || field == "?" { return .any }
        func weekday(_ text: Substring) -> Int? {
            values(String(text), in: 1...7, names: weekdayNames).flatMap { $0.count == 1 ? $0[0] - 1 : nil }
        }
        if let mark = field.firstIndex(of: "#") {
            guard let day = weekday(field[..<mark]), let count = Int(field[field.index(after: mark)...]),
                (1...5).contains(count)
            else { return nil }
            return .nth(count, weekday: day)
        }
        if field.hasSuffix("L"), field.count > 1 {
            return weekday(field.dropLast()).map { .last(weekday: $0) }
        }
        return values(field, in: 1...7, names: weekdayNames).map { .days($0.map { $0 - 1 }) }
    }

    /// `*`, `a`, `a-b`, any of them with `/step`, and lists of those, as ascending numbers.
    private static func values(_ field: String, in range: ClosedRange<Int>, names: [String] = []) -> [Int]? {
        func number(_ text: Substring) -> Int? {
            let value = names.firstIndex { $0 == text }.map { $0 + range.lowerBound } ?? Int(text)
            return value.flatMap { range.contains($0) ? $0 : nil }
        }
        var found: [Int] = []
        for item in field.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard let span = parts.first, parts.count <= 2 else { return nil }
            guard let step = parts.count == 2 ? Int(parts[1]) : 1, step >= 1 else { return nil }
            let ends = span.split(separator: "-", omittingEmptySubsequences: false)
            if span == "*" {
                found += stride(from: range.lowerBound, through: range.upperBound, by: step)
            } else if ends.count == 1, let first = number(ends[0]) {
                // `5/15` goes on to the end of the range; a bare `5` is itself.
                found += stride(from: first, through: parts.count == 2 ? range.upperBound : first, by: step)
            } else if ends.count == 2, let first = number(ends[0]), let last = number(ends[1]), first <= last {
                found += stride(from: first, through: last, by: step)
            } else {
                return nil
            }
        }
        return found.sorted()
    }
}
