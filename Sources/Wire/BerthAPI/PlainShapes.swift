import BerthProtocols

/// An input that reads itself when it is plain: the usual members, each of its own kind, in a typed protocol.
///
/// For the few calls that are nearly all of a queue's traffic. `Decodable` costs such a call more than
/// everything that is decided about it; `Documentation/Performance.md` has the figures. Whatever is not plain,
/// every mistake included, is left to `Decodable`, so that there is one place that says what is wrong.
protocol PlainInput: Decodable {
    init?(plain members: inout PlainMembers)
}

/// An output that writes itself for the typed protocols, the same as its `Encodable` form.
protocol PlainOutput: Encodable {
    /// `nil` for an operation whose model has no output shape.
    var plain: WireValue? { get }
}

/// The members of an input being read, and whether all that was asked for was as it should be.
struct PlainMembers {
    private let members: WireMap
    private(set) var arePlain = true

    init(_ members: WireMap) {
        self.members = members
    }

    /// The text, or `nil` when there is none.
    mutating func text(_ name: String) -> String? {
        switch members[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: return unusual()
        }
    }

    /// The whole number, or `nil` when there is none.
    mutating func number(_ name: String) -> Int? {
        switch members[name] {
        case nil, .null: return nil
        case .integer(let number): return Int(number)
        default: return unusual()
        }
    }

    /// The texts of a list, or `nil` when there is none.
    mutating func texts(_ name: String) -> [String]? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let texts = value.elements?.compactMap(\.text), texts.count == value.elements?.count else {
            return unusual()
        }
        return texts
    }

    /// The structures of a list that must be there.
    mutating func inputs<Input: PlainInput>(_ name: String, _ type: Input.Type) -> [Input]? {
        guard let elements = members[name]?.elements else { return unusual() }
        let inputs = elements.compactMap { Input(plain: $0) }
        return inputs.count == elements.count ? inputs : unusual()
    }

    /// Says that a member, when it is there, is for `Decodable`.
    mutating func leave(_ name: String) {
        if let value = members[name], !value.isNull { arePlain = false }
    }

    private mutating func unusual<Value>() -> Value? {
        arePlain = false
        return nil
    }
}

extension PlainInput {
    init?(plain value: WireValue) {
        guard case .map(let map) = value else { return nil }
        var members = PlainMembers(map)
        self.init(plain: &members)
        guard members.arePlain else { return nil }
    }
}

extension WireMap {
    /// Adds a text, unless there is none: absent members are left out, not null.
    mutating func append(_ name: String, text: String?) {
        if let text { append(name, .string(text)) }
    }
}

extension NoOutput: PlainOutput {
    var plain: WireValue? { nil }
}
