/// A metric math expression taken apart.
indirect enum MathExpression: Hashable, Sendable {
    enum Operator: String, Hashable, Sendable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
        case equal = "==", notEqual = "!=", less = "<", greater = ">", lessOrEqual = "<=", greaterOrEqual = ">="
        case and = "AND", or = "OR"

        /// Higher binds tighter.
        var precedence: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: 3
            case .add, .subtract: 4
            case .multiply, .divide: 5
            case .power: 6
            }
        }
    }

    case number(Double)
    /// A text in quotes, which only METRICS takes.
    case text(String)
    /// The id of another query.
    case reference(String)
    case negated(MathExpression)
    case binary(Operator, MathExpression, MathExpression)
    /// `[m1, m2]`.
    case list([MathExpression])
    case call(String, [MathExpression])
}

/// Why an expression cannot be read or computed, as the end of a sentence.
struct MathError: Error, Hashable {
    let explanation: String

    init(_ explanation: String) {
        self.explanation = explanation
    }
}
