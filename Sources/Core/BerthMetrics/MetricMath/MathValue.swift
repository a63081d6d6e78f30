package import BerthKernel

/// One value of a series read or computed; stamped with the start of its bucket.
package struct MetricPoint: Hashable, Sendable {
    package let instant: Instant
    package let value: Double
}

/// What an expression evaluates to: AWS's S, TS and TS[].
enum MathValue: Hashable, Sendable {
    case scalar(Double)
    /// Sorted by instant.
    case series([MetricPoint])
    case list([[MetricPoint]])
    case text(String)

    var kindName: String {
        switch self {
        case .scalar: "a scalar"
        case .series: "a time series"
        case .list: "an array of time series"
        case .text: "a text"
        }
    }

    /// Applies a function of one number to every number.
    func map(_ function: (Double) -> Double?) throws(MathError) -> MathValue {
        switch self {
        case .scalar(let value):
            guard let result = function(value) else { throw MathError("the result is not a number") }
            return .scalar(result)
        case .series(let points): return .series(points.mapValues(function))
        case .list(let list): return .list(list.map { $0.mapValues(function) })
        case .text: throw MathError("a text is not a number")
        }
    }

    /// Applies an operator point by point.
    ///
    /// A list meets a list member by member.
    static func combine(
        _ left: MathValue, _ right: MathValue, _ function: (Double, Double) -> Double?
    ) throws(MathError) -> MathValue {
        switch (left, right) {
        case (.scalar(let value), _): return try right.map { function(value, $0) }
        case (_, .scalar(let value)): return try left.map { function($0, value) }
        case (.series(let left), .series(let right)): return .series(left.zipped(with: right, function))
        case (.list(let list), .series(let right)): return .list(list.map { $0.zipped(with: right, function) })
        case (.series(let left), .list(let list)): return .list(list.map { left.zipped(with: $0, function) })
        case (.list(let left), .list(let right)) where left.count == right.count:
            return .list(zip(left, right).map { $0.zipped(with: $1, function) })
        default: throw MathError("\(left.kindName) cannot be combined with \(right.kindName)")
        }
    }
}

extension [MetricPoint] {
    func mapValues(_ function: (Double) -> Double?) -> [MetricPoint] {
        compactMap { point in
            function(point.value).map { MetricPoint(instant: point.instant, value: $0) }
        }
    }

    /// Point-wise on the union of timestamps.
    ///
    /// What is missing on one side counts as 0 (B.3).
    func zipped(with other: [MetricPoint], _ function: (Double, Double) -> Double?) -> [MetricPoint] {
        joined(with: other).compactMap { instant, left, right in
            function(left ?? 0, right ?? 0).map { MetricPoint(instant: instant, value: $0) }
        }
    }

    /// Both sides at every timestamp that either has.
    func joined(with other: [MetricPoint]) -> [(instant: Instant, left: Double?, right: Double?)] {
        var result: [(Instant, Double?, Double?)] = []
        var (left, right) = (startIndex, other.startIndex)
        while left < endIndex || right < other.endIndex {
            let leftInstant = left < endIndex ? self[left].instant : .distantFuture
            let rightInstant = right < other.endIndex ? other[right].instant : .distantFuture
            let instant = Swift.min(leftInstant, rightInstant)
            result.append(
                (
                    instant, leftInstant == instant ? self[left].value : nil,
                    rightInstant == instant ? other[right].value : nil
                ))
            if leftInstant == instant { left += 1 }
            if rightInstant == instant { right += 1 }
        }
        return result
    }
}
