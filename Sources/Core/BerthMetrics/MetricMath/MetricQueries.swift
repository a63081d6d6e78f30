import BerthKernel

/// The queries of a GetMetricData call or a metric math alarm, which may refer to each other by id.
struct MetricQueries {
    let queries: [AlarmDefinition.Query]
    /// Lookup only.
    private let byID: [String: AlarmDefinition.Query]

    init(_ queries: [AlarmDefinition.Query]) {
        self.queries = queries
        byID = Dictionary(queries.map { ($0.id, $0) }) { first, _ in first }
    }

    subscript(id: String) -> AlarmDefinition.Query? { byID[id] }

    /// Refuses ids that are malformed or not unique, and expressions that cannot be read.
    func check() throws(Refusal) {
        guard byID.count == queries.count else {
            throw .invalidAlarm("The values for parameter id in MetricDataQueries are not unique.")
        }
        for query in queries {
            guard query.id.isMetricID else {
                throw .invalidAlarm(
                    "The value \(query.id) for parameter MetricDataQueries.member.Id is not matching the expected "
                        + "pattern ^[a-z][a-zA-Z0-9_]*$.")
            }
            guard case .expression(let text) = query.source else { continue }
            do throws(MathError) {
                try check(MathParser.parse(text))
            } catch {
                throw .expressionError(query.id, error.explanation)
            }
        }
    }

    private func check(_ expression: MathExpression) throws(MathError) {
        switch expression {
        case .number, .text: break
        case .reference(let name):
            guard byID[name] != nil || MathFunction.keywords.contains(name.uppercased()) else {
                throw MathError("'\(name)' is not the id of another query")
            }
        case .negated(let inner): try check(inner)
        case .binary(_, let left, let right):
            try check(left)
            try check(right)
        case .list(let members): for member in members { try check(member) }
        case .call(let name, let arguments):
            guard MathFunction(rawValue: name) != nil else {
                throw MathError("the function \(name) is not supported")
            }
            for argument in arguments { try check(argument) }
        }
    }

    /// The single series a query gives, on the grid each plain series is read on.
    func series(
        of id: String, in metrics: Metrics, grid: @escaping (Duration) -> BucketGrid
    ) throws(MathError) -> [MetricPoint] {
        var evaluation = MathEvaluation(queries: self, metrics: metrics, grid: grid)
        switch try evaluation.value(of: id) {
        case .series(let points): return points
        case .list(let list) where list.count == 1: return list[0]
        case let other: throw MathError("the result is \(other.kindName), not a single time series")
        }
    }
}

extension AlarmDefinition.Query {
    var isExpression: Bool {
        if case .expression = source { true } else { false }
    }
}

extension String {
    fileprivate var isMetricID: Bool {
        guard let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0))
        }
    }
}
