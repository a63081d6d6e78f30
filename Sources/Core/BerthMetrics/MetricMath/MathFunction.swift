import BerthKernel

/// The functions of metric math that scaling expressions use; the others are refused by name (B.3).
enum MathFunction: String, Hashable, Sendable {
    case absolute = "ABS"
    case average = "AVG"
    case ceiling = "CEIL"
    case count = "DATAPOINT_COUNT"
    case fill = "FILL"
    case floor = "FLOOR"
    case choose = "IF"
    case maximum = "MAX"
    case metricCount = "METRIC_COUNT"
    case metrics = "METRICS"
    case minimum = "MIN"
    case period = "PERIOD"
    case rate = "RATE"
    case sum = "SUM"
    case timeSeries = "TIME_SERIES"

    /// Names that stand for themselves as arguments.
    static let keywords = ["REPEAT", "LINEAR", "TRUE", "FALSE"]

    /// What aggregates make of the values at one timestamp, or of one series.
    fileprivate func aggregate(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        switch self {
        case .average: return values.reduce(0, +) / Double(values.count)
        case .maximum: return values.max()
        case .minimum: return values.min()
        case .sum: return values.reduce(0, +)
        default: return nil
        }
    }
}

extension MathEvaluation {
    mutating func call(_ function: MathFunction, _ arguments: [MathExpression]) throws(MathError) -> MathValue {
        switch function {
        case .absolute: return try evaluate(only(arguments, of: function)).map { $0.magnitude }
        case .ceiling: return try evaluate(only(arguments, of: function)).map { $0.rounded(.up) }
        case .floor: return try evaluate(only(arguments, of: function)).map { $0.rounded(.down) }
        case .average, .maximum, .minimum, .sum:
            return try aggregate(function, evaluate(only(arguments, of: function)))
        case .count: return .scalar(Double(try series(only(arguments, of: function)).count))
        case .fill: return try fill(arguments)
        case .choose: return try choose(arguments)
        case .metricCount:
            let list = try lists([only(arguments, of: function)])
            return .scalar(Double(list.count))
        case .metrics: return try metricsList(arguments)
        case .period: return .scalar(try period(of: only(arguments, of: function)).inSeconds)
        case .rate: return .series(try rate(only(arguments, of: function)))
        case .timeSeries: return try timeSeries(evaluate(only(arguments, of: function)))
        }
    }

    private func only(_ arguments: [MathExpression], of function: MathFunction) throws(MathError) -> MathExpression {
        guard arguments.count == 1 else { throw MathError("\(function.rawValue) takes one argument") }
        return arguments[0]
    }

    private mutating func series(_ expression: MathExpression) throws(MathError) -> [MetricPoint] {
        guard case .series(let points) = try evaluate(expression) else {
            throw MathError("a time series is needed")
        }
        return points
    }

    /// Of one series a scalar, of several a series point by point, where absent members do not count.
    private func aggregate(_ function: MathFunction, _ value: MathValue) throws(MathError) -> MathValue {
        switch value {
        case .scalar, .text: throw MathError("\(function.rawValue) takes a time series")
        case .series(let points): return .scalar(function.aggregate(points.map(\.value)) ?? 0)
        case .list(let list):
            let sorted = list.flatMap { $0 }.sorted { $0.instant < $1.instant }
            let groups = sorted.chunked { $0.instant == $1.instant }
            return .series(
                groups.compactMap { group in
                    function.aggregate(group.map(\.value)).map {
                        MetricPoint(instant: group[0].instant, value: $0)
                    }
                })
        }
    }

    /// `METRICS()` or `METRICS("text")`: the plain series whose id contains the text.
    private mutating func metricsList(_ arguments: [MathExpression]) throws(MathError) -> MathValue {
        var needle = ""
        if case .text(let text)? = arguments.first { needle = text }
        let chosen = queries.queries.filter { !$0.isExpression && (needle.isEmpty || $0.id.contains(needle)) }
        return .list(try lists(chosen.map { .reference($0.id) }))
    }

    private func period(of expression: MathExpression) throws(MathError) -> Duration {
        guard case .reference(let id) = expression, let period = period(of: id) else {
            throw MathError("PERIOD takes the id of a metric")
        }
        return period
    }

    /// Change per AWS second since the previous point, so that a paced world shows AWS's numbers.
    private mutating func rate(_ expression: MathExpression) throws(MathError) -> [MetricPoint] {
        let points = try series(expression)
        let factor = Double(metrics.pace.factor)
        return zip(points, points.dropFirst()).map { earlier, later in
            let seconds = (later.instant - earlier.instant).inSeconds * factor
            return MetricPoint(instant: later.instant, value: (later.value - earlier.value) / seconds)
        }
    }

    private func timeSeries(_ value: MathValue) throws(MathError) -> MathValue {
        guard case .scalar(let number) = value else { throw MathError("TIME_SERIES takes a scalar") }
        return .series(timeline().map { MetricPoint(instant: $0, value: number) })
    }

    /// Every bucket of the shortest period among the queries.
    private func timeline() -> [Instant] {
        let periods = queries.queries.compactMap { period(of: $0.id) }
        let buckets = grid(periods.min() ?? .seconds(60))
        return (0..<buckets.count).map(buckets.start)
    }

    /// `IF(condition, then, else)`.
    ///
    /// Without an else, points where the condition fails are dropped; a then that is missing where it holds
    /// counts as 0 (B.3).
    private mutating func choose(_ arguments: [MathExpression]) throws(MathError) -> MathValue {
        guard (2...3).contains(arguments.count) else { throw MathError("IF takes two or three arguments") }
        let condition = try evaluate(arguments[0])
        let then = try evaluate(arguments[1])
        let otherwise = arguments.count == 3 ? try evaluate(arguments[2]) : .series([])
        if case .scalar(let holds) = condition { return holds != 0 ? then : otherwise }
        guard case .series(let points) = condition else { throw MathError("the condition of IF is not a time series") }
        let instants = [points, then.points, otherwise.points].reduce(into: [] as [MetricPoint]) {
            $0 = $0.zipped(with: $1) { _, _ in 0 }
        }.map(\.instant)
        return .series(
            instants.compactMap { instant in
                let holds = points.value(at: instant).map { $0 != 0 } ?? false
                let value = holds ? then.value(at: instant) ?? 0 : otherwise.value(at: instant)
                return value.map { MetricPoint(instant: instant, value: $0) }
            })
    }

    /// `FILL(series, number | series | REPEAT | LINEAR)`.
    private mutating func fill(_ arguments: [MathExpression]) throws(MathError) -> MathValue {
        guard arguments.count == 2 else { throw MathError("FILL takes two arguments") }
        if case .list(let list) = try evaluate(arguments[0]) {
            var filled: [[MetricPoint]] = []
            for points in list { filled.append(try fill(points, with: arguments[1])) }
            return .list(filled)
        }
        return .series(try fill(series(arguments[0]), with: arguments[1]))
    }

    private mutating func fill(
        _ points: [MetricPoint], with filler: MathExpression
    ) throws(MathError) -> [MetricPoint] {
        let instants = points.zipped(with: timeline().map { MetricPoint(instant: $0, value: 0) }) { _, _ in 0 }
            .map(\.instant)
        if case .reference(let name) = filler, name.uppercased() == "LINEAR" {
            return points.interpolated(at: instants)
        }
        if case .reference(let name) = filler, name.uppercased() == "REPEAT" {
            return points.repeated(at: instants)
        }
        let value = try evaluate(filler)
        return instants.compactMap { instant in
            (points.value(at: instant) ?? value.value(at: instant)).map { MetricPoint(instant: instant, value: $0) }
        }
    }
}

extension MathValue {
    fileprivate var points: [MetricPoint] {
        if case .series(let points) = self { points } else { [] }
    }

    /// A scalar has its value always.
    fileprivate func value(at instant: Instant) -> Double? {
        if case .scalar(let value) = self { value } else { points.value(at: instant) }
    }
}

extension [MetricPoint] {
    fileprivate func value(at instant: Instant) -> Double? {
        let index = partitioningIndex { $0.instant >= instant }
        return index < count && self[index].instant == instant ? self[index].value : nil
    }

    /// The last real value goes on until the next.
    fileprivate func repeated(at instants: [Instant]) -> [MetricPoint] {
        instants.compactMap { instant in
            let index = partitioningIndex { $0.instant > instant }
            return index == 0 ? nil : MetricPoint(instant: instant, value: self[index - 1].value)
        }
    }

    /// Straight lines between real values; nothing before the first and behind the last.
    fileprivate func interpolated(at instants: [Instant]) -> [MetricPoint] {
        instants.compactMap { instant in
            let index = partitioningIndex { $0.instant >= instant }
            guard index < count else { return nil }
            if self[index].instant == instant { return self[index] }
            guard index > 0 else { return nil }
            let (left, right) = (self[index - 1], self[index])
            let share = (instant - left.instant).inSeconds / (right.instant - left.instant).inSeconds
            return MetricPoint(instant: instant, value: left.value + (right.value - left.value) * share)
        }
    }

    /// Runs of neighbours that belong together.
    fileprivate func chunked(_ together: (Element, Element) -> Bool) -> [[Element]] {
        reduce(into: []) { runs, element in
            if let last = runs.last?.last, together(last, element) {
                runs[runs.count - 1].append(element)
            } else {
                runs.append([element])
            }
        }
    }
}
