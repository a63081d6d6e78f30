/// Reads metric math by precedence climbing.
///
/// Keywords and function names may be in any case.
struct MathParser {
    private enum Token: Hashable {
        case number(Double), text(String), name(String), symbol(String)
    }

    private var tokens: [Token] = []
    private var position = 0
    private var depth = 0

    /// Deeper nesting than any real expression; keeps a hostile one from exhausting the stack.
    private static let deepest = 64

    static func parse(_ text: String) throws(MathError) -> MathExpression {
        var parser = MathParser()
        parser.tokens = try tokens(of: text)
        let expression = try parser.expression(minimum: 1)
        guard parser.position == parser.tokens.count else { throw MathError("unexpected \(parser.described)") }
        return expression
    }

    private var next: Token? {
        position < tokens.count ? tokens[position] : nil
    }

    private var described: String {
        switch next {
        case nil: "end of expression"
        case .number(let number): "number \(number.asJavaText)"
        case .text(let text): "\"\(text)\""
        case .name(let name): "'\(name)'"
        case .symbol(let symbol): "'\(symbol)'"
        }
    }

    private mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(MathError) {
        guard take(symbol) else { throw MathError("expected '\(symbol)' but found \(described)") }
    }

    private mutating func expression(minimum: Int) throws(MathError) -> MathExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw MathError("nested too deeply") }
        var left = try unary()
        while let found = binaryOperator, found.precedence >= minimum {
            position += 1
            // A power binds to the right, everything else to the left.
            let right = try expression(minimum: found == .power ? found.precedence : found.precedence + 1)
            left = .binary(found, left, right)
        }
        return left
    }

    private var binaryOperator: MathExpression.Operator? {
        switch next {
        case .symbol("&&"): .and
        case .symbol("||"): .or
        case .symbol(let symbol): MathExpression.Operator(rawValue: symbol)
        case .name(let name): name.uppercased() == "AND" ? .and : name.uppercased() == "OR" ? .or : nil
        default: nil
        }
    }

    private mutating func unary() throws(MathError) -> MathExpression {
        // Below the power: -m1^2 is -(m1^2).
        take("-") ? .negated(try expression(minimum: MathExpression.Operator.power.precedence)) : try primary()
    }

    private mutating func primary() throws(MathError) -> MathExpression {
        let found = described
        let token = next
        position += 1
        switch token {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .name(let name):
            guard take("(") else { return .reference(name) }
            return .call(name.uppercased(), try arguments(until: ")"))
        case .symbol("["): return .list(try arguments(until: "]"))
        case .symbol("("):
            let inner = try expression(minimum: 1)
            try expect(")")
            return inner
        default: throw MathError("unexpected \(found)")
        }
    }

    private mutating func arguments(until end: String) throws(MathError) -> [MathExpression] {
        if take(end) { return [] }
        var arguments = [try expression(minimum: 1)]
        while take(",") { arguments.append(try expression(minimum: 1)) }
        try expect(end)
        return arguments
    }

    private static func tokens(of text: String) throws(MathError) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let character = rest.first {
            if character.isWhitespace {
                rest.removeFirst()
            } else if character.isASCIILetter {
                let name = rest.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == "_" }
                tokens.append(.name(String(name)))
                rest.removeFirst(name.count)
            } else if character.isASCIIDigit || character == "." {
                tokens.append(try number(&rest))
            } else if character == "\"" || character == "'" {
                let quoted = rest.dropFirst().prefix { $0 != character }
                guard quoted.count + 2 <= rest.count else { throw MathError("a text is not closed") }
                tokens.append(.text(String(quoted)))
                rest.removeFirst(quoted.count + 2)
            } else if let symbol = symbols.first(where: { rest.hasPrefix($0) }) {
                tokens.append(.symbol(symbol))
                rest.removeFirst(symbol.count)
            } else {
                throw MathError("unexpected '\(character)'")
            }
        }
        return tokens
    }

    /// Longer ones first.
    private static let symbols = [
        "==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "^", "<", ">", "(", ")", "[", "]", ",",
    ]

    private static func number(_ rest: inout Substring) throws(MathError) -> Token {
        var digits = String(rest.prefix { $0.isASCIIDigit || $0 == "." })
        rest.removeFirst(digits.count)
        if let mark = rest.first, mark == "e" || mark == "E" {
            let sign = rest.dropFirst().prefix { $0 == "-" || $0 == "+" }.prefix(1)
            let exponent = rest.dropFirst(1 + sign.count).prefix { $0.isASCIIDigit }
            if !exponent.isEmpty {
                digits += "e\(sign)\(exponent)"
                rest.removeFirst(1 + sign.count + exponent.count)
            }
        }
        guard let number = Double(digits) else { throw MathError("'\(digits)' is not a number") }
        return .number(number)
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
    fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
