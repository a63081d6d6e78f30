import BerthKernel

/// When a scheduled action fires: `at(…)`, `rate(…)` or `cron(…)` (reference C.8).
enum Schedule: Hashable, Sendable {
    case once(Instant)
    /// AWS time; a rate is a duration and therefore paced. Times of day are world time and are not.
    case rate(Duration)
    case cron(CronExpression)

    init(_ text: String) throws(Refusal) {
        let trimmed = text.trimmed
        guard trimmed.hasSuffix(")"), let open = trimmed.firstIndex(of: "(") else {
            throw .invalid(Self.syntax)
        }
        let inner = String(trimmed[trimmed.index(after: open)...].dropLast()).trimmed
        switch trimmed[..<open] {
        case "at":
            guard let instant = Instant(scheduleText: inner) else {
                throw .invalid("Invalid schedule at DateTime expression")
            }
            self = .once(instant)
        case "rate": self = .rate(try Self.rate(inner))
        case "cron":
            guard let cron = CronExpression(inner) else { throw .invalid("Invalid CRON expression") }
            try Self.checkFrequency(of: cron)
            self = .cron(cron)
        default: throw .invalid(Self.syntax)
        }
    }

    private static let syntax =
        "Schedule expressions must have the following syntax: rate(<number>\\s?(minutes?|hours?|days?)), "
        + "cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss)."

    private static func rate(_ text: String) throws(Refusal) -> Duration {
        let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
        let units = ["minute": 60, "minutes": 60, "hour": 3_600, "hours": 3_600, "day": 86_400, "days": 86_400]
        guard let seconds = units[String(text.dropFirst(digits.count)).trimmed] else { throw .invalid(syntax) }
        guard let number = Int(digits), (1...1_000_000).contains(number) else {
            throw .invalid("Invalid schedule expression")
        }
        return .seconds(number * seconds)
    }

    /// Fields repeat, so two neighbouring firings show the shortest distance there is within a minute.
    private static func checkFrequency(of cron: CronExpression) throws(Refusal) {
        guard cron.seconds.count > 1 else { return }
        throw .invalid(
            "Invalid schedule frequency. Run for \(cron.seconds[0]) s and \(cron.seconds[1]) s are less than "
                + "\(ScalingLimits.shortestSchedule) seconds apart")
    }

    /// The first firing strictly after `instant`.
    ///
    /// Rates count from `anchor`, where they fire first.
    func next(after instant: Instant, anchor: Instant, offset: Duration, pace: Pace) -> Instant? {
        switch self {
        case .once(let moment):
            let fires = moment - offset
            return fires > instant ? fires : nil
        case .rate(let duration):
            guard instant >= anchor else { return anchor }
            let step = pace(duration).microseconds
            let passed = (instant.microseconds - anchor.microseconds) / step
            return Instant(microseconds: anchor.microseconds + (passed + 1) * step)
        case .cron(let cron):
            return cron.next(after: instant + offset).map { $0 - offset }
        }
    }
}

extension Instant {
    /// `yyyy-MM-ddTHH:mm:ss`, read as UTC; `nil` for dates that do not exist.
    fileprivate init?(scheduleText text: String) {
        let parts = text.split { "-T:".contains($0) }.map { Int($0) }
        guard text.utf8.count == 19, parts.count == 6, let year = parts[0], let month = parts[1], let day = parts[2],
            let hour = parts[3], let minute = parts[4], let second = parts[5],
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        // Days since the epoch, counting years from March so that the leap day comes last.
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let monthFromMarch = Int64((month + 9) % 12)
        let days =
            shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
            + (153 * monthFromMarch + 2) / 5 + Int64(day - 1) - 719_468
        self = .seconds(days * 86_400 + Int64(hour * 3_600 + minute * 60 + second))
        let read = CalendarTime(self)
        guard (read.year, read.month, read.day) == (year, month, day) else { return nil }
    }
}

extension String {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
