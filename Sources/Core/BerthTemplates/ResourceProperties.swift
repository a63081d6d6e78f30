package import BerthKernel
package import OrderedCollections

/// The properties of one resource, all functions evaluated, read by the type each property has.
///
/// Templates write `"10"`, `10` and `!Ref Number` for the same number, and AWS converts to what the property is.
/// A property of the wrong kind is refused with its path, as CloudFormation does.
package struct ResourceProperties: Hashable, Codable, Sendable {
    package let logicalID: String
    private let members: OrderedDictionary<String, TemplateValue>
    /// `#` for the resource itself, `#/ManagedScaling` for what is inside that property.
    private let path: String

    package init(_ value: TemplateValue, of logicalID: String) {
        self.init(value.members ?? [:], of: logicalID, at: "#")
    }

    private init(_ members: OrderedDictionary<String, TemplateValue>, of logicalID: String, at path: String) {
        self.members = members
        self.logicalID = logicalID
        self.path = path
    }

    /// The names that are there, in the order of the template.
    package var names: OrderedSet<String> {
        members.keys
    }

    /// The property as it stands, for types that only record it.
    package func value(_ name: String) -> TemplateValue? {
        members[name]
    }

    /// A text; numbers and booleans as they are written.
    package func string(_ name: String) throws(Refusal) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.text else { throw wrongType(name, expected: "String", found: value) }
        return text
    }

    /// A whole number; `"10"` and `10.0` are ten.
    package func int(_ name: String) throws(Refusal) -> Int? {
        guard let value = members[name] else { return nil }
        guard let text = value.text, let number = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }) else {
            throw wrongType(name, expected: "Integer", found: value)
        }
        return number
    }

    /// A number, whole or not.
    package func double(_ name: String) throws(Refusal) -> Double? {
        guard let value = members[name] else { return nil }
        guard let number = value.text.flatMap({ Double($0) }) else {
            throw wrongType(name, expected: "Number", found: value)
        }
        return number
    }

    /// `true` or `false`, in any case, quoted or not.
    package func bool(_ name: String) throws(Refusal) -> Bool? {
        guard let value = members[name] else { return nil }
        switch value.text?.lowercased() {
        case "true": return true
        case "false": return false
        default: throw wrongType(name, expected: "Boolean", found: value)
        }
    }

    /// The elements of a list property.
    ///
    /// A single value counts as a list of one, as it does on AWS.
    package func list(_ name: String) throws(Refusal) -> [TemplateValue]? {
        guard let value = members[name] else { return nil }
        switch value {
        case .list(let elements): return elements
        case .null: throw wrongType(name, expected: "JSONArray", found: value)
        default: return [value]
        }
    }

    /// A list of texts.
    package func strings(_ name: String) throws(Refusal) -> [String]? {
        guard let elements = try list(name) else { return nil }
        var texts: [String] = []
        for element in elements {
            guard let text = element.text else { throw wrongType(name, expected: "String", found: element) }
            texts.append(text)
        }
        return texts
    }

    /// An object property, to be read member by member.
    package func map(_ name: String) throws(Refusal) -> ResourceProperties? {
        guard let value = members[name] else { return nil }
        guard let inner = value.members else { throw wrongType(name, expected: "JSONObject", found: value) }
        return ResourceProperties(inner, of: logicalID, at: "\(path)/\(name)")
    }

    /// A list of objects, each to be read member by member.
    package func maps(_ name: String) throws(Refusal) -> [ResourceProperties]? {
        guard let elements = try list(name) else { return nil }
        var maps: [ResourceProperties] = []
        for (index, element) in elements.enumerated() {
            guard let inner = element.members else { throw wrongType(name, expected: "JSONObject", found: element) }
            maps.append(ResourceProperties(inner, of: logicalID, at: "\(path)/\(name)/\(index)"))
        }
        return maps
    }

    /// An object whose member names are the user's: options, labels, attributes.
    package func texts(_ name: String) throws(Refusal) -> OrderedDictionary<String, String>? {
        guard let inner = try map(name) else { return nil }
        var texts: OrderedDictionary<String, String> = [:]
        for key in inner.names {
            texts[key] = try inner.string(key)
        }
        return texts
    }

    /// Turns "not there" into the refusal for a property that must be there: `try required("X", string("X"))`.
    package func required<Value>(_ name: String, _ value: Value?) throws(Refusal) -> Value {
        guard let value else { throw invalid("\(path): required key [\(name)] not found") }
        return value
    }

    /// The refusal for a property whose value cannot be; `problem` tells what is wrong with it.
    package func invalid(_ name: String, _ problem: String) -> Refusal {
        invalid("\(path)/\(name): \(problem)")
    }

    private func wrongType(_ name: String, expected: String, found: TemplateValue) -> Refusal {
        invalid(name, "expected type: \(expected), found: \(found.kindName)")
    }

    private func invalid(_ problem: String) -> Refusal {
        .validation("Properties validation failed for resource \(logicalID) with message:\n\(problem)")
    }
}

extension TemplateValue {
    fileprivate var kindName: String {
        switch self {
        case .null: "Null"
        case .bool: "Boolean"
        case .number(let digits): digits.contains(".") ? "Number" : "Integer"
        case .string: "String"
        case .list: "JSONArray"
        case .map: "JSONObject"
        }
    }
}
