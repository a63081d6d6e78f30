package import BerthKernel
package import OrderedCollections

/// The value a parameter has in a stack.
package struct ParameterValue: Hashable, Codable, Sendable {
    /// As it was given or defaulted: what DescribeStacks shows.
    package let text: String
    /// What the Systems Manager parameter of that name held when the stack was made.
    package let resolvedText: String?
    /// What `Ref` gives: a string, or a list of strings.
    package let value: TemplateValue
    package let isHidden: Bool
}

extension Template {
    /// Checks the given values and completes them with the defaults, in the order of the template.
    ///
    /// Numbers stay text, digit for digit: `Ref` of a Number gives a string, and whoever needs a number converts it.
    package func parameterValues(
        given: OrderedDictionary<String, String>
    ) throws(Refusal) -> OrderedDictionary<String, ParameterValue> {
        let unknown = given.keys.filter { parameters[$0] == nil }
        guard unknown.isEmpty else { throw .unknownParameters(Array(unknown)) }
        let missing = parameters.values.filter { given[$0.name] == nil && $0.defaultText == nil }
        guard missing.isEmpty else { throw .missingParameters(missing.map(\.name)) }

        var values: OrderedDictionary<String, ParameterValue> = [:]
        for parameter in parameters.values {
            guard let text = given[parameter.name] ?? parameter.defaultText else { continue }
            values[parameter.name] = try parameter.value(of: text)
        }
        return values
    }
}

extension ParameterDefinition {
    fileprivate func value(of text: String) throws(Refusal) -> ParameterValue {
        let elements = type.isList ? Self.elements(of: text) : [text]
        for element in elements {
            try check(element)
        }
        var resolvedText: String?
        if type.isSystemParameter {
            guard let value = SystemParameters.value(of: text) else { throw .systemParameterUnknown(text) }
            resolvedText = value
        }
        let effective = resolvedText.map { type.isList ? Self.elements(of: $0) : [$0] } ?? elements
        let value: TemplateValue = type.isList ? .list(effective.map { .string($0) }) : .string(effective[0])
        return ParameterValue(text: text, resolvedText: resolvedText, value: value, isHidden: isHidden)
    }

    private static func elements(of text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { element in
            let start = element.drop(while: \.isWhitespace)
            let end = start.lastIndex { !$0.isWhitespace }
            return end.map { String(start[...$0]) } ?? ""
        }
    }

    private func check(_ text: String) throws(Refusal) {
        if let allowedValues, !allowedValues.contains(text) { throw .parameterNotAllowed(self) }
        if let allowedPattern { try check(text, matches: allowedPattern) }
        if let minLength, text.count < minLength { throw .parameterTooShort(self, minLength) }
        if let maxLength, text.count > maxLength { throw .parameterTooLong(self, maxLength) }
        guard type.kind == .number, !type.isSystemParameter else { return }
        guard let number = Double(text) else { throw .parameterNotNumber(name) }
        if let minValue, let bound = Double(minValue), number < bound { throw .parameterTooSmall(self, minValue) }
        if let maxValue, let bound = Double(maxValue), number > bound { throw .parameterTooLarge(self, maxValue) }
    }

    private func check(_ text: String, matches pattern: String) throws(Refusal) {
        guard let expression = try? Regex(pattern) else { throw .parameterPatternInvalid(name, pattern: pattern) }
        let match = try? expression.wholeMatch(in: text)
        if match == nil { throw .parameterDoesNotMatch(self, pattern: pattern) }
    }
}
