import BerthKernel

/// One evaluation of a set of queries: each is computed once, in the order in which they are needed.
struct MathEvaluation {
    let queries: MetricQueries
    let metrics: Metrics
    /// The buckets in which a plain series of the (unpaced) period is read.
    let grid: (Duration) -> BucketGrid

    /// Lookup only.
    private var computed: [String: MathValue] = [:]
    private var underway: [String] = []

    init(queries: MetricQueries, metrics: Metrics, grid: @escaping (Duration) -> BucketGrid) {
        self.queries = queries
        self.metrics = metrics
        self.grid = grid
    }

    mutating func value(of id: String) throws(MathError) -> MathValue {
        if let known = computed[id] { return known }
        guard let query = queries[id] else { throw MathError("'\(id)' is not the id of another query") }
        guard !underway.contains(id) else {
            throw MathError(
                "the expressions refer to each other in a circle: \((underway + [id]).joined(separator: " -> "))")
        }
        underway.append(id)
        defer { underway.removeLast() }
        let value: MathValue
        switch query.source {
        case .metric(let identity, let statistic, let period, let unit):
            value = .series(metrics.points(of: identity, statistic: statistic, unit: unit, in: grid(period)))
        case .expression(let text): value = try evaluate(try MathParser.parse(text))
        }
        computed[id] = value
        return value
    }

    mutating func evaluate(_ expression: MathExpression) throws(MathError) -> MathValue {
        switch expression {
        case .number(let number): return .scalar(number)
        case .text(let text): return .text(text)
        case .reference(let id): return try value(of: id)
        case .negated(let inner): return try evaluate(inner).map { -$0 }
        case .binary(let symbol, let left, let right):
            return try MathValue.combine(evaluate(left), evaluate(right), symbol.function)
        case .list(let members): return .list(try lists(members))
        case .call(let name, let arguments):
            guard let function = MathFunction(rawValue: name) else {
                throw MathError("the function \(name) is not supported")
            }
            return try call(function, arguments)
        }
    }

    /// The series of several expressions in one list.
    mutating func lists(_ expressions: [MathExpression]) throws(MathError) -> [[MetricPoint]] {
        var result: [[MetricPoint]] = []
        for expression in expressions {
            switch try evaluate(expression) {
            case .series(let points): result.append(points)
            case .list(let list): result += list
            case let other: throw MathError("\(other.kindName) cannot be a member of an array")
            }
        }
        return result
    }

    /// The period of the only plain series an expression reaches, or the shortest of several.
    func period(of id: String, visited: [String] = []) -> Duration? {
        guard let query = queries[id], !visited.contains(id) else { return nil }
        switch query.source {
        case .metric(_, _, let period, _): return period
        case .expression(let text):
            guard let expression = try? MathParser.parse(text) else { return nil }
            return expression.references(among: queries.queries)
                .compactMap { period(of: $0, visited: visited + [id]) }.min()
        }
    }
}

extension MathExpression {
    /// The ids an expression mentions; all plain series for METRICS.
    func references(among queries: [AlarmDefinition.Query]) -> [String] {
        switch self {
        case .number, .text: []
        case .reference(let id): [id]
        case .negated(let inner): inner.references(among: queries)
        case .binary(_, let left, let right):
            left.references(among: queries) + right.references(among: queries)
        case .list(let members): members.flatMap { $0.references(among: queries) }
        case .call("METRICS", _): queries.filter { !$0.isExpression }.map(\.id)
        case .call(_, let arguments): arguments.flatMap { $0.references(among: queries) }
        }
    }
}

extension MathExpression.Operator {
    /// `nil` drops the point: a quotient by zero has none (B.3).
    fileprivate var function: (Double, Double) -> Double? {
        switch self {
        case .add: { $0 + $1 }
        case .subtract: { $0 - $1 }
        case .multiply: { $0 * $1 }
        case .divide: { $1 == 0 ? nil : $0 / $1 }
        case .power: { raised($0, to: $1) }
        case .equal: { $0 == $1 ? 1 : 0 }
        case .notEqual: { $0 != $1 ? 1 : 0 }
        case .less: { $0 < $1 ? 1 : 0 }
        case .greater: { $0 > $1 ? 1 : 0 }
        case .lessOrEqual: { $0 <= $1 ? 1 : 0 }
        case .greaterOrEqual: { $0 >= $1 ? 1 : 0 }
        case .and: { $0 != 0 && $1 != 0 ? 1 : 0 }
        case .or: { $0 != 0 || $1 != 0 ? 1 : 0 }
        }
    }
}

/// Whole exponents and square roots only: other powers need a mathematics library the core does not link.
private func raised(_ base: Double, to exponent: Double) -> Double? {
    if exponent == 0.5 { return base < 0 ? nil : base.squareRoot() }
    guard exponent == exponent.rounded(), exponent.magnitude <= 1_024 else { return nil }
    let power = (0..<Int(exponent.magnitude)).reduce(1.0) { product, _ in product * base }
    return exponent < 0 ? (power == 0 ? nil : 1 / power) : power
}
