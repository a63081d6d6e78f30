package import OrderedCollections

/// A value as a template writes it: an ordered tree of what JSON and YAML have in common.
///
/// Members keep their order and numbers keep their digits, because both come back to users: `0.10` does not turn
/// into `0.1` in a string, and generated lists have the order of the template.
package enum TemplateValue: Hashable, Codable, Sendable {
    case null
    case bool(Bool)
    /// A number, as its digits.
    case number(String)
    case string(String)
    case list([TemplateValue])
    case map(OrderedDictionary<String, TemplateValue>)
}

extension TemplateValue {
    /// The text of a scalar, as CloudFormation puts it into strings; `nil` for null, lists and maps.
    package var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let truth): truth ? "true" : "false"
        case .null, .list, .map: nil
        }
    }

    /// The members of a map, or `nil` for any other value.
    package var members: OrderedDictionary<String, TemplateValue>? {
        guard case .map(let members) = self else { return nil }
        return members
    }

    /// The elements of a list, or `nil` for any other value.
    package var elements: [TemplateValue]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }

    /// The member of a map by that name; `nil` where there is none and for every other value.
    package subscript(name: String) -> TemplateValue? {
        members?[name]
    }
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        self = .string(text)
    }
}

extension TemplateValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral number: Int) {
        self = .number(String(number))
    }
}

extension TemplateValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral truth: Bool) {
        self = .bool(truth)
    }
}

extension TemplateValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: TemplateValue...) {
        self = .list(elements)
    }
}

extension TemplateValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, TemplateValue)...) {
        self = .map(OrderedDictionary(uniqueKeysWithValues: members))
    }
}
