import BerthKernel
import OrderedCollections

/// A JSON value, for the queue attributes whose values are JSON texts: policies and redrive policies.
///
/// Numbers keep their spelling, objects their order, so that a policy edited by AddPermission keeps the rest.
indirect enum JSONText: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONText])
    case object(OrderedDictionary<String, JSONText>)

    /// The value that `text` spells, or `nil` when it is not JSON.
    init?(_ text: String) {
        var parser = JSONParser(text)
        guard let value = parser.parseDocument() else { return nil }
        self = value
    }

    subscript(key: String) -> JSONText? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var elements: [JSONText]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// Without white space.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let spelling): spelling
        case .string(let value): value.jsonQuoted
        case .array(let elements): "[\(elements.map(\.text).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\($0.key.jsonQuoted):\($0.value.text)" }.joined(separator: ","))}"
        }
    }
}

/// Reads one JSON document (RFC 8259) from UTF-8.
private struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private static let deepest = 64

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parseDocument() -> JSONText? {
        guard let value = parseValue(depth: 0) else { return nil }
        skipSpace()
        return index == bytes.count ? value : nil
    }

    private mutating func parseValue(depth: Int) -> JSONText? {
        skipSpace()
        guard depth < Self.deepest, index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "{"): return parseObject(depth: depth)
        case UInt8(ascii: "["): return parseArray(depth: depth)
        case UInt8(ascii: "\""): return parseString().map(JSONText.string)
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return parseNumber()
        }
    }

    private mutating func parseObject(depth: Int) -> JSONText? {
        index += 1
        var members: OrderedDictionary<String, JSONText> = [:]
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard let key = parseString() else { return nil }
            skipSpace()
            guard take(":"), let value = parseValue(depth: depth + 1) else { return nil }
            members[key] = value
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { return nil }
        }
    }

    private mutating func parseArray(depth: Int) -> JSONText? {
        index += 1
        var elements: [JSONText] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            guard let value = parseValue(depth: depth + 1) else { return nil }
            elements.append(value)
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { return nil }
        }
    }

    private mutating func parseString() -> String? {
        guard take("\"") else { return nil }
        var units: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = parseEscape() else { return nil }
                units.append(contentsOf: Array(String(scalar).utf8))
            case 0..<0x20: return nil
            default: units.append(byte)
            }
        }
        return nil
    }

    private mutating func parseEscape() -> Unicode.Scalar? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return parseCodePoint()
        default: return nil
        }
    }

    private mutating func parseCodePoint() -> Unicode.Scalar? {
        guard let first = parseHex() else { return nil }
        guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
        guard take("\\u"), let second = parseHex(), (0xdc00..<0xe000).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    }

    private mutating func parseHex() -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        index += 4
        return value
    }

    private mutating func parseNumber() -> JSONText? {
        let start = index
        while index < bytes.count, Self.numberBytes.contains(bytes[index]) { index += 1 }
        let spelling = String(decoding: bytes[start..<index], as: UTF8.self)
        return Double(spelling) == nil ? nil : .number(spelling)
    }

    private static let numberBytes = Array("+-.0123456789eE".utf8)

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard index + length <= bytes.count else { return false }
        let matches = (0..<length).allSatisfy { bytes[index + $0] == literal.utf8Start[$0] }
        if matches { index += length }
        return matches
    }
}
