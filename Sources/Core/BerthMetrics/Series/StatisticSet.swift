import BerthKernel

/// What is known of the values that fell into one bucket, or into several merged.
package struct StatisticSet: Sendable, Equatable {
    struct Weighted: Sendable, Equatable {
        var value: Double
        var weight: Double
    }

    package private(set) var count: Double
    package private(set) var sum: Double
    package private(set) var minimum: Double
    package private(set) var maximum: Double
    /// The values by size with how often each came; empty while all are equal, which is what gauges are.
    private var distinct: [Weighted] = []
    /// Whether every value is known.
    ///
    /// A statistic set with several values hides them, and AWS then has no percentile for the bucket (B.1).
    private var knowsEveryValue: Bool

    init(_ sample: MetricSample) {
        count = sample.count
        sum = sample.sum
        minimum = sample.minimum
        maximum = sample.maximum
        knowsEveryValue = sample.count == 1 || sample.minimum == sample.maximum
    }

    mutating func merge(_ other: StatisticSet) {
        knowsEveryValue = knowsEveryValue && other.knowsEveryValue
        if !knowsEveryValue {
            distinct = []
        } else if minimum != other.minimum || !distinct.isEmpty || !other.distinct.isEmpty {
            var merged = values
            for entry in other.values { Self.insert(entry, into: &merged) }
            distinct = merged
        }
        count += other.count
        sum += other.sum
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// The statistic, or `nil` when this set cannot tell it.
    package func value(of statistic: Statistic) -> Double? {
        switch statistic {
        case .sampleCount: count
        case .sum: sum
        case .average: count == 0 ? nil : sum / count
        case .minimum: minimum
        case .maximum: maximum
        case .percentile(let share): percentile(share)
        }
    }

    /// The smallest value that at least `share` percent of all values do not exceed.
    private func percentile(_ share: Double) -> Double? {
        guard knowsEveryValue, minimum >= 0 else { return nil }
        let rank = count * share / 100
        var passed = 0.0
        for entry in values {
            passed += entry.weight
            if passed >= rank { return entry.value }
        }
        return maximum
    }

    private var values: [Weighted] {
        distinct.isEmpty ? [Weighted(value: minimum, weight: count)] : distinct
    }

    /// Keeps `values` sorted.
    ///
    /// Beyond the bound a new value adds its weight to the next larger one kept.
    private static func insert(_ entry: Weighted, into values: inout [Weighted]) {
        let index = values.partitioningIndex { $0.value >= entry.value }
        if index < values.count, values[index].value == entry.value || values.count >= MetricsLimits.distinctValues {
            values[index].weight += entry.weight
        } else if values.count >= MetricsLimits.distinctValues {
            values[index - 1].weight += entry.weight
        } else {
            values.insert(entry, at: index)
        }
    }
}

extension StatisticSet: Codable {
    /// A flat list of numbers: a snapshot holds many thousands of these.
    package init(from decoder: any Decoder) throws {
        var numbers = try decoder.unkeyedContainer()
        count = try numbers.decode(Double.self)
        sum = try numbers.decode(Double.self)
        minimum = try numbers.decode(Double.self)
        maximum = try numbers.decode(Double.self)
        knowsEveryValue = try numbers.decode(Bool.self)
        while !numbers.isAtEnd {
            distinct.append(Weighted(value: try numbers.decode(Double.self), weight: try numbers.decode(Double.self)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var numbers = encoder.unkeyedContainer()
        for number in [count, sum, minimum, maximum] { try numbers.encode(number) }
        try numbers.encode(knowsEveryValue)
        for entry in distinct {
            try numbers.encode(entry.value)
            try numbers.encode(entry.weight)
        }
    }
}

extension RandomAccessCollection {
    /// The first index whose element, and every element behind it, `isBehind`.
    ///
    /// The collection is sorted so.
    func partitioningIndex(_ isBehind: (Element) -> Bool) -> Index {
        var low = startIndex
        var length = count
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if isBehind(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
