import BerthKernel

/// Counts of durations in buckets whose width grows with the duration: percentiles within 3 %, in a few kilobytes.
///
/// Durations below 32 µs have a bucket each; above, every doubling has sixteen.
package struct LatencyHistogram: Hashable, Sendable {
    package private(set) var count: UInt64 = 0
    private var longest: Int64 = 0
    private var counts: [UInt64] = []

    package init() {}

    /// The longest duration recorded, exactly; zero when there is none.
    package var max: Duration { .microseconds(longest) }

    /// Counts a duration; a negative one counts as zero.
    package mutating func record(_ duration: Duration) {
        record(microseconds: duration.microseconds)
    }

    mutating func record(microseconds: Int64) {
        let value = Swift.max(0, microseconds)
        let bucket = Self.bucket(of: UInt64(value))
        if bucket >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
        }
        counts[bucket] += 1
        count += 1
        longest = Swift.max(longest, value)
    }

    /// Adds another histogram's durations, as when several queues are summed up.
    package mutating func merge(_ other: LatencyHistogram) {
        if other.counts.count > counts.count {
            counts.append(contentsOf: repeatElement(0, count: other.counts.count - counts.count))
        }
        for (bucket, added) in other.counts.enumerated() { counts[bucket] += added }
        count += other.count
        longest = Swift.max(longest, other.longest)
    }

    /// The duration that `percent` of all durations do not exceed; `nil` when nothing was recorded.
    ///
    /// Nearest rank: the 50th percentile of one duration is that duration. Never above ``max``.
    package func percentile(_ percent: Double) -> Duration? {
        guard count > 0 else { return nil }
        let exact = Double(count) * percent / 100
        let rank = Swift.max(1, UInt64(exact) + (Double(UInt64(exact)) < exact ? 1 : 0))
        var seen: UInt64 = 0
        for (bucket, number) in counts.enumerated() {
            seen += number
            if seen >= rank { return .microseconds(Swift.min(Self.middle(of: bucket), longest)) }
        }
        return max
    }

    private static let subdivisions: UInt64 = 16

    static func bucket(of value: UInt64) -> Int {
        guard value >= 2 * subdivisions else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - 4
        return shift * Int(subdivisions) + Int(value >> UInt64(shift))
    }

    private static func middle(of bucket: Int) -> Int64 {
        guard bucket >= 2 * Int(subdivisions) else { return Int64(bucket) }
        let shift = bucket / Int(subdivisions) - 1
        let start = Int64(bucket - shift * Int(subdivisions)) << Int64(shift)
        return start + (1 << Int64(shift)) / 2
    }
}

extension LatencyHistogram: Codable {
    private enum CodingKeys: CodingKey {
        case longest, filled
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        longest = try container.decode(Int64.self, forKey: .longest)
        let filled = try container.decode([UInt64].self, forKey: .filled)
        for index in stride(from: 0, to: filled.count - 1, by: 2) {
            let bucket = Int(filled[index])
            guard bucket >= counts.count else {
                throw DecodingError.dataCorruptedError(
                    forKey: .filled, in: container, debugDescription: "buckets of a histogram are not in order")
            }
            counts.append(contentsOf: repeatElement(0, count: bucket - counts.count))
            counts.append(filled[index + 1])
            count += filled[index + 1]
        }
    }

    /// Pairs of bucket and count: most buckets of a histogram are empty.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(longest, forKey: .longest)
        let filled = counts.enumerated().filter { $0.element > 0 }.flatMap { [UInt64($0.offset), $0.element] }
        try container.encode(filled, forKey: .filled)
    }
}
