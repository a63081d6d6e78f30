package import BerthKernel
import OrderedCollections

extension Expression {
    /// What the expression stands for, or `nil` where it is AWS::NoValue.
    ///
    /// Members and elements that are AWS::NoValue are left out, as if the template did not have them.
    package func evaluate(in scope: EvaluationScope) throws(Refusal) -> TemplateValue? {
        switch self {
        case .scalar(let value): return value
        case .list(let elements): return .list(try Self.values(of: elements, in: scope))
        case .map(let members): return try Self.value(of: members, in: scope)
        case .ref(let name): return try scope.value(ofRef: name)
        case .getAtt(let resource, let attribute):
            return try scope.value(ofAttribute: try attribute.text(in: scope, for: .getAtt), of: resource)
        case .sub(let text, let variables): return try Self.substitute(text, variables, in: scope)
        case .join(let delimiter, let list):
            return .string(try list.texts(in: scope, for: .join).joined(separator: delimiter))
        case .split(let delimiter, let source):
            return Self.split(try source.text(in: scope, for: .split), at: delimiter)
        case .select(let index, let list): return try Self.select(index, from: list, in: scope)
        case .findInMap(let map, let first, let second): return try Self.find(map, first, second, in: scope)
        case .getAZs(let region):
            return .list(scope.zones(of: try region.text(in: scope, for: .getAZs)).map { .string($0) })
        case .cidr(let block, let count, let hostBits): return try Self.cut(block, count, hostBits, in: scope)
        case .base64(let source): return .string(try source.text(in: scope, for: .base64).base64)
        case .if(let condition, let then, let otherwise):
            let chosen = try Self.choose(condition, in: scope) ? then : otherwise
            return try chosen.evaluate(in: scope)
        case .equals, .and, .or, .not, .condition: return .bool(try holds(in: scope))
        }
    }

    /// Whether a condition is true.
    ///
    /// Everything that is not a comparison counts by its text.
    package func holds(in scope: EvaluationScope) throws(Refusal) -> Bool {
        switch self {
        case .equals(let left, let right):
            return try left.evaluate(in: scope)?.comparable == right.evaluate(in: scope)?.comparable
        case .and(let operands):
            for operand in operands where try !operand.holds(in: scope) { return false }
            return true
        case .or(let operands):
            for operand in operands where try operand.holds(in: scope) { return true }
            return false
        case .not(let operand):
            return try !operand.holds(in: scope)
        case .condition(let name):
            guard let truth = scope.conditions[name] else { throw .unresolvedInConditions([name]) }
            return truth
        default:
            return try evaluate(in: scope)?.text == "true"
        }
    }

    private static func choose(_ condition: String, in scope: EvaluationScope) throws(Refusal) -> Bool {
        guard let truth = scope.conditions[condition] else { throw .unresolvedConditionInIf(condition) }
        return truth
    }

    private static func values(
        of elements: [Expression], in scope: EvaluationScope
    ) throws(Refusal) -> [TemplateValue] {
        var values: [TemplateValue] = []
        for element in elements {
            if let value = try element.evaluate(in: scope) { values.append(value) }
        }
        return values
    }

    private static func value(
        of members: OrderedDictionary<String, Expression>, in scope: EvaluationScope
    ) throws(Refusal) -> TemplateValue {
        var values: OrderedDictionary<String, TemplateValue> = [:]
        for (name, member) in members {
            values[name] = try member.evaluate(in: scope)
        }
        return .map(values)
    }
}

extension Expression {
    private static func substitute(
        _ source: SubstitutionText, _ variables: OrderedDictionary<String, Expression>, in scope: EvaluationScope
    ) throws(Refusal) -> TemplateValue {
        var text = ""
        for part in source.parts {
            switch part {
            case .text(let literal): text += literal
            case .variable(let name):
                let expression = variables[name] ?? Self.reference(name, in: scope)
                text += try expression.text(in: scope, for: .sub)
            }
        }
        return .string(text)
    }

    /// What `${Name}` means where no variable of that name is given: a Ref, or a GetAtt at the first dot.
    private static func reference(_ name: String, in scope: EvaluationScope) -> Expression {
        guard let dot = name.firstIndex(of: ".") else { return .ref(name) }
        let attribute = String(name[dot...].dropFirst())
        return .getAtt(resource: String(name[..<dot]), attribute: .scalar(.string(attribute)))
    }

    private static func split(_ text: String, at delimiter: String) -> TemplateValue {
        var parts: [TemplateValue] = []
        var rest = Substring(text)
        while let range = rest.firstRange(of: delimiter) {
            parts.append(.string(String(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
        }
        return .list(parts + [.string(String(rest))])
    }

    private static func select(
        _ index: Expression, from list: Expression, in scope: EvaluationScope
    ) throws(Refusal) -> TemplateValue {
        guard let index = Int(try index.text(in: scope, for: .select)),
            let elements = try list.evaluate(in: scope)?.elements
        else { throw .malformed(.select) }
        guard elements.indices.contains(index) else { throw .selectOutOfRange(index) }
        return elements[index]
    }

    private static func find(
        _ map: Expression, _ first: Expression, _ second: Expression, in scope: EvaluationScope
    ) throws(Refusal) -> TemplateValue {
        let map = try map.text(in: scope, for: .findInMap)
        let first = try first.text(in: scope, for: .findInMap)
        let second = try second.text(in: scope, for: .findInMap)
        guard let value = scope.mappings[map]?[first]?[second] else { throw .mappingNotFound(map, first, second) }
        return value
    }

    private static func cut(
        _ block: Expression, _ count: Expression, _ hostBits: Expression?, in scope: EvaluationScope
    ) throws(Refusal) -> TemplateValue {
        let text = try block.text(in: scope, for: .cidr)
        guard let block = AddressBlock(text), let count = Int(try count.text(in: scope, for: .cidr)),
            let bits = Int(try (hostBits ?? .scalar("8")).text(in: scope, for: .cidr)), (1...256).contains(count)
        else { throw .malformed(.cidr) }
        guard let blocks = block.divided(into: count, hostBits: bits) else {
            throw .cidrDoesNotFit(block: text, count: count, bits: bits)
        }
        return .list(blocks.map { .string($0.description) })
    }

    private func text(in scope: EvaluationScope, for intrinsic: Intrinsic) throws(Refusal) -> String {
        guard let text = try evaluate(in: scope)?.text else { throw .malformed(intrinsic) }
        return text
    }

    private func texts(in scope: EvaluationScope, for intrinsic: Intrinsic) throws(Refusal) -> [String] {
        guard let elements = try evaluate(in: scope)?.elements else { throw .malformed(intrinsic) }
        let texts = elements.compactMap(\.text)
        guard texts.count == elements.count else { throw .malformed(intrinsic) }
        return texts
    }
}

extension TemplateValue {
    /// What Fn::Equals compares: a number or boolean equals the text it would be written as.
    fileprivate var comparable: TemplateValue {
        text.map { .string($0) } ?? self
    }
}
