package import BerthKernel
import OrderedCollections

extension Expression {
    /// Which functions may be used: the block of conditions knows comparisons, everything else knows resources.
    package enum Place: Sendable {
        case conditions, elsewhere
    }

    /// Finds the functions in a value and checks the shapes of their arguments.
    ///
    /// Refusals name the path at which the value stands, such as `/Resources/Queue/Properties`.
    package init(_ value: TemplateValue, in place: Place, at path: String) throws(Refusal) {
        switch value {
        case .null:
            throw .nullValue(at: path)
        case .bool, .number, .string:
            self = .scalar(value)
        case .list(let elements):
            self = .list(try Self.expressions(elements, in: place, at: path))
        case .map(let members):
            self = try Self(members, in: place, at: path)
        }
    }

    private static func expressions(
        _ elements: [TemplateValue], in place: Place, at path: String
    ) throws(Refusal) -> [Expression] {
        var expressions: [Expression] = []
        for (index, element) in elements.enumerated() {
            expressions.append(try Expression(element, in: place, at: "\(path)/\(index)"))
        }
        return expressions
    }

    private init(
        _ members: OrderedDictionary<String, TemplateValue>, in place: Place, at path: String
    ) throws(Refusal) {
        if place == .conditions, members.count == 1, let name = members["Condition"]?.text {
            self = .condition(name)
            return
        }
        if let name = members.keys.first(where: Intrinsic.isFunction), let argument = members[name] {
            guard members.count == 1 else { throw .functionBesideMembers(name, at: path) }
            self = try Self(function: name, of: argument, in: place, at: "\(path)/\(name)")
            return
        }
        var expressions: OrderedDictionary<String, Expression> = [:]
        for (name, member) in members {
            expressions[name] = try Expression(member, in: place, at: "\(path)/\(name)")
        }
        self = .map(expressions)
    }

    private init(
        function name: String, of argument: TemplateValue, in place: Place, at path: String
    ) throws(Refusal) {
        guard let intrinsic = Intrinsic(rawValue: name) else {
            throw Intrinsic.isKnown(name) ? .unsupportedFunction(name) : .unknownFunction(name)
        }
        let call = FunctionCall(intrinsic: intrinsic, argument: argument, place: place, path: path)
        switch intrinsic {
        case .equals, .and, .or, .not:
            guard place == .conditions else { throw .conditionFunctionElsewhere(name) }
        case .getAtt, .if:
            guard place == .elsewhere else { throw .functionNotInCondition(name) }
        default:
            break
        }
        self = try call.expression()
    }
}

/// One function with its argument still unread.
private struct FunctionCall {
    let intrinsic: Intrinsic
    let argument: TemplateValue
    let place: Expression.Place
    let path: String

    func expression() throws(Refusal) -> Expression {
        switch intrinsic {
        case .ref: .ref(try text(argument))
        case .base64: .base64(try parsed(argument))
        case .getAZs: .getAZs(try parsed(argument))
        case .getAtt: try getAtt()
        case .sub: try sub()
        case .join: try delimited { .join(delimiter: $0, $1) }
        case .split: try delimited { .split(delimiter: $0, $1) }
        case .select: try select()
        case .findInMap: try findInMap()
        case .cidr: try cidr()
        case .if: try conditional()
        case .equals, .and, .or, .not: try comparison()
        }
    }

    private func getAtt() throws(Refusal) -> Expression {
        if case .string(let text) = argument {
            let parts = text.split(separator: ".", maxSplits: 1)
            guard parts.count == 2 else { throw .malformed(intrinsic) }
            return .getAtt(resource: String(parts[0]), attribute: .scalar(.string(String(parts[1]))))
        }
        let elements = try elements(2...2)
        guard case .string(let resource) = elements[0], !resource.isEmpty, elements[1] != "" else {
            throw .malformed(intrinsic)
        }
        return .getAtt(resource: resource, attribute: try parsed(elements[1]))
    }

    private func sub() throws(Refusal) -> Expression {
        if case .string(let text) = argument {
            return .sub(try SubstitutionText(text), variables: [:])
        }
        let elements = try elements(2...2)
        guard case .string(let text) = elements[0], case .map(let members) = elements[1] else {
            throw .malformed(intrinsic)
        }
        var variables: OrderedDictionary<String, Expression> = [:]
        for (name, value) in members {
            variables[name] = try parsed(value)
        }
        return .sub(try SubstitutionText(text), variables: variables)
    }

    private func delimited(_ make: (String, Expression) -> Expression) throws(Refusal) -> Expression {
        let elements = try elements(2...2)
        guard case .string(let delimiter) = elements[0], intrinsic == .join || !delimiter.isEmpty else {
            throw .malformed(intrinsic)
        }
        return make(delimiter, try parsed(elements[1]))
    }

    private func select() throws(Refusal) -> Expression {
        let elements = try elements(2...2)
        return .select(index: try parsed(elements[0]), try parsed(elements[1]))
    }

    private func findInMap() throws(Refusal) -> Expression {
        let elements = try elements(3...3)
        return .findInMap(try parsed(elements[0]), try parsed(elements[1]), try parsed(elements[2]))
    }

    private func cidr() throws(Refusal) -> Expression {
        let elements = try elements(2...3)
        let hostBits: Expression? = elements.count == 3 ? try parsed(elements[2]) : nil
        return .cidr(block: try parsed(elements[0]), count: try parsed(elements[1]), hostBits: hostBits)
    }

    private func conditional() throws(Refusal) -> Expression {
        let elements = try elements(3...3)
        return .if(try text(elements[0]), then: try parsed(elements[1]), else: try parsed(elements[2]))
    }

    private func comparison() throws(Refusal) -> Expression {
        switch intrinsic {
        case .equals:
            let elements = try elements(2...2)
            return .equals(try parsed(elements[0]), try parsed(elements[1]))
        case .and: return .and(try operands(2...10))
        case .or: return .or(try operands(2...10))
        default: return .not(try operands(1...1)[0])
        }
    }

    private func operands(_ count: ClosedRange<Int>) throws(Refusal) -> [Expression] {
        var operands: [Expression] = []
        for element in try elements(count) {
            operands.append(try parsed(element))
        }
        return operands
    }

    private func elements(_ count: ClosedRange<Int>) throws(Refusal) -> [TemplateValue] {
        guard let elements = argument.elements, count.contains(elements.count) else { throw .malformed(intrinsic) }
        return elements
    }

    private func text(_ value: TemplateValue) throws(Refusal) -> String {
        guard case .string(let text) = value, !text.isEmpty else { throw .malformed(intrinsic) }
        return text
    }

    private func parsed(_ value: TemplateValue) throws(Refusal) -> Expression {
        try Expression(value, in: place, at: path)
    }
}
