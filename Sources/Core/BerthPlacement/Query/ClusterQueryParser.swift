/// Reads the cluster query language by recursive descent, a method per level of binding.
struct ClusterQueryParser {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private var tokens: ArraySlice<ClusterQueryToken>

    static func parse(_ text: String) throws(Problem) -> ClusterQueryExpression {
        var parser = ClusterQueryParser(tokens: try ClusterQueryToken.tokens(of: text)[...])
        let expression = try parser.alternatives()
        if let rest = parser.tokens.first { throw Problem(description: "\(rest) is not expected there") }
        return expression
    }

    private mutating func alternatives() throws(Problem) -> ClusterQueryExpression {
        var parts = [try conjunction()]
        while take(.symbol("||")) || take(.word("or")) { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(Problem) -> ClusterQueryExpression {
        var parts = [try negation()]
        while take(.symbol("&&")) || take(.word("and")) { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(Problem) -> ClusterQueryExpression {
        if take(.symbol("!")) || take(.word("not")) { return .not(try negation()) }
        guard take(.symbol("(")) else { return try comparison() }
        let inner = try alternatives()
        guard take(.symbol(")")) else { throw Problem(description: "a closing parenthesis is missing") }
        return inner
    }

    private mutating func comparison() throws(Problem) -> ClusterQueryExpression {
        let subject = try subject()
        let (comparison, isNegated) = try comparisonOperator()
        let arguments = try arguments(of: comparison)
        let expression = ClusterQueryExpression.comparison(subject, comparison, arguments)
        return isNegated ? .not(expression) : expression
    }

    private mutating func subject() throws(Problem) -> ClusterQueryExpression.Subject {
        guard case .word(let name)? = tokens.popFirst() else { throw Problem(description: "a subject is missing") }
        switch name {
        case "agentConnected": return .agentConnected
        case "agentVersion": return .agentVersion
        case "ec2InstanceId": return .instance
        case "registeredAt": return .registeredAt
        case "runningTasksCount": return .runningTasksCount
        case "task:group": return .taskGroup
        case _ where name.hasPrefix("attribute:") && name != "attribute:":
            return .attribute(String(name.dropFirst("attribute:".count)))
        default: throw Problem(description: "\(name) is not a subject")
        }
    }

    private mutating func comparisonOperator() throws(Problem) -> (ClusterQueryExpression.Comparison, negated: Bool) {
        switch tokens.popFirst() {
        case .symbol("=="), .word("equals"): return (.equals, false)
        case .symbol("!="), .word("not_equals"): return (.equals, true)
        case .symbol(">"), .word("greater_than"): return (.greater, false)
        case .symbol(">="), .word("greater_than_equal"): return (.greaterOrEqual, false)
        case .symbol("<"), .word("less_than"): return (.less, false)
        case .symbol("<="), .word("less_than_equal"): return (.lessOrEqual, false)
        case .symbol("=~"), .word("matches"): return (.matches, false)
        case .symbol("!~"), .word("not_matches"): return (.matches, true)
        case .word("exists"): return (.exists, false)
        case .word("not_exists"): return (.exists, true)
        case .word("in"): return (.isIn, false)
        case .word("not_in"): return (.isIn, true)
        case .symbol("!") where take(.word("exists")): return (.exists, true)
        case .symbol("!") where take(.word("in")): return (.isIn, true)
        case let token?: throw Problem(description: "\(token) is not an operator")
        case nil: throw Problem(description: "an operator is missing at the end")
        }
    }

    private mutating func arguments(of comparison: ClusterQueryExpression.Comparison) throws(Problem) -> [String] {
        switch comparison {
        case .exists:
            return []
        case .isIn:
            guard take(.symbol("[")) else { throw Problem(description: "a list must begin with [") }
            var values = [try value()]
            while take(.symbol(",")) { values.append(try value()) }
            guard take(.symbol("]")) else { throw Problem(description: "a list must end with ]") }
            return values
        case .matches:
            let pattern = try value()
            guard WholePattern(pattern).isValid else { throw Problem(description: "\(pattern) is not a pattern") }
            return [pattern]
        case .equals, .greater, .greaterOrEqual, .less, .lessOrEqual:
            return [try value()]
        }
    }

    private mutating func value() throws(Problem) -> String {
        switch tokens.popFirst() {
        case .word(let text), .quoted(let text): return text
        case let token?: throw Problem(description: "\(token) is not a value")
        case nil: throw Problem(description: "a value is missing at the end")
        }
    }

    private mutating func take(_ token: ClusterQueryToken) -> Bool {
        guard tokens.first == token else { return false }
        tokens.removeFirst()
        return true
    }
}
