package import BerthKernel

/// What a request or an answer says, without the bytes and names of any one protocol.
///
/// Parsers make it, renderers write it, and ``WireEncoder`` and ``WireDecoder`` carry it to and from Swift
/// types. Which cases a parser can produce depends on what its format can tell apart: a query form holds only
/// maps and strings, JSON has no blobs and no timestamps, CBOR has all of them. The decoder asks for what a
/// shape needs and accepts every form it may arrive in.
package enum WireValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case blob([UInt8])
    case timestamp(Instant)
    case list([WireValue])
    case map(WireMap)
}

extension WireValue {
    /// An empty structure: the input of a request without a body.
    package static let empty = WireValue.map(WireMap())

    /// The member of this name, if this is a map that has one; of several, the last, as AWS reads JSON.
    package subscript(name: String) -> WireValue? {
        guard case .map(let map) = self else { return nil }
        return map[name]
    }

    /// Whether this says nothing.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The number, if this is an integer.
    package var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The text, if this is a string.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements, if this is a list.
    package var elements: [WireValue]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: WireValue...) { self = .list(elements) }

    package init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .map(WireMap(elements.map { WireMap.Entry(name: $0.0, value: $0.1) }))
    }
}

extension WireValue: Codable {
    /// A member of this type takes whatever was sent: for members whose shape is not ours to know.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            throw WireDecodingError(path: [], problem: .notOnTheWire)
        }
        self = decoder.value
    }

    package func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? ValueEncoder else {
            throw WireDecodingError(path: [], problem: .notOnTheWire)
        }
        encoder.result = .value(self)
    }
}
