/// A moment in the world's own time.
///
/// The core never asks what time it is: every call that can depend on time takes an instant, and whoever
/// drives the world decides what it is. The server passes the wall clock; the simulator passes whatever
/// moment comes next. Nothing else differs between them. Counted from 1970-01-01T00:00:00Z so that metric
/// buckets, schedules and timestamps in answers need no conversion.
public struct Instant: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// A moment this many seconds after the epoch.
    public static func seconds(_ seconds: Int64) -> Instant {
        Instant(microseconds: seconds * 1_000_000)
    }

    public static let epoch = Instant(microseconds: 0)

    /// Later than every moment a world can reach: year 294,246.
    public static let distantFuture = Instant(microseconds: .max)

    /// Seconds since the epoch, with the fraction that answers of the JSON protocols carry.
    public var secondsSinceEpoch: Double {
        Double(microseconds) / 1_000_000
    }

    /// Whole milliseconds since the epoch, the unit of SQS timestamps.
    public var millisecondsSinceEpoch: Int64 {
        microseconds / 1_000
    }

    /// The latest multiple of `step` since the epoch that is not after this moment.
    ///
    /// Metric buckets are aligned this way, to UTC and not to their first datapoint.
    public func floored(to step: Duration) -> Instant {
        let width = step.microseconds
        let remainder = microseconds % width
        return Instant(microseconds: microseconds - (remainder < 0 ? remainder + width : remainder))
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds + duration.microseconds)
    }

    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds - duration.microseconds)
    }

    public static func - (left: Instant, right: Instant) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Duration {
    /// Whole microseconds, the resolution of the world's time.
    ///
    /// What is finer is dropped.
    public var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// Seconds with their fraction, for sentences and metrics.
    public var inSeconds: Double {
        Double(microseconds) / 1_000_000
    }
}

extension Optional where Wrapped == Instant {
    /// The earlier of two deadlines, where `nil` means "none".
    public static func earliest(_ left: Instant?, _ right: Instant?) -> Instant? {
        guard let left else { return right }
        guard let right else { return left }
        return min(left, right)
    }
}
