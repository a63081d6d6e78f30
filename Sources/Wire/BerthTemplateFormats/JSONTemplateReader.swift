import BerthTemplates
import OrderedCollections

/// Reads JSON into template values: members in order, numbers by their digits, errors by line and column.
struct JSONTemplateReader {
    private let bytes: [UInt8]
    private var index = 0
    /// The last place whose line was asked for: later ones are counted from there, not from the start.
    private var landmark = (index: 0, position: SourcePosition(line: 1, column: 1))
    private var path: [String] = []
    private var positions: PositionIndex

    static func read(
        _ text: String, noting positions: inout PositionIndex
    ) throws(TemplateTextError) -> TemplateValue {
        var reader = JSONTemplateReader(bytes: Array(text.utf8), positions: positions)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == reader.bytes.count else { throw reader.error("text behind the end of the object") }
        positions = reader.positions
        return value
    }

    private init(bytes: [UInt8], positions: PositionIndex) {
        self.bytes = bytes
        self.positions = positions
    }

    private mutating func value() throws(TemplateTextError) -> TemplateValue {
        skipSpace()
        guard path.count <= TemplateTextLimits.depth else { throw error(TemplateTextLimits.tooDeep) }
        let start = index
        switch peek {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""):
            let text = try string()
            positions.noteText(text, at: path, position(of: start))
            return .string(text)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(TemplateTextError) -> TemplateValue {
        index += 1
        var members: OrderedDictionary<String, TemplateValue> = [:]
        skipSpace()
        if take("}") { return .map(members) }
        repeat {
            skipSpace()
            let start = index
            guard peek == UInt8(ascii: "\"") else { throw error("a member needs a name in double quotes") }
            let key = try string()
            guard !Intrinsic.isFunction(key) || Intrinsic.isKnown(key) else {
                throw .unknownFunction(key, at: position(of: start))
            }
            positions.note(key, under: path, at: position(of: start))
            skipSpace()
            guard take(":") else { throw error("a colon is missing") }
            path.append(key)
            members[key] = try value()
            path.removeLast()
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or a closing brace is missing") }
        return .map(members)
    }

    private mutating func array() throws(TemplateTextError) -> TemplateValue {
        index += 1
        var elements: [TemplateValue] = []
        skipSpace()
        if take("]") { return .list(elements) }
        repeat {
            path.append(String(elements.count))
            elements.append(try value())
            path.removeLast()
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or a closing bracket is missing") }
        return .list(elements)
    }

    private mutating func word(_ word: String, _ value: TemplateValue) throws(TemplateTextError) -> TemplateValue {
        guard bytes[index...].starts(with: word.utf8) else { throw error("unknown word") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(TemplateTextError) -> TemplateValue {
        let start = index
        while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { index += 1 }
        let digits = String(decoding: bytes[start..<index], as: UTF8.self)
        guard Double(digits) != nil else {
            index = start
            throw error("a value is missing")
        }
        return .number(digits)
    }
}

extension JSONTemplateReader {
    private mutating func string() throws(TemplateTextError) -> String {
        index += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                content += try escape().utf8
            case 0..<0x20:
                throw error("a control character in a string")
            default:
                content.append(byte)
                index += 1
            }
        }
        throw error("a string without an end")
    }

    private mutating func escape() throws(TemplateTextError) -> String {
        guard let byte = peek else { throw error("a string without an end") }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "u"): return try unicodeEscape()
        default:
            index -= 1
            throw error("unknown escape")
        }
    }

    /// A code unit, and the second half of a surrogate pair where the first asks for one.
    private mutating func unicodeEscape() throws(TemplateTextError) -> String {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: "\\u".utf8) {
            index += 2
            units.append(try codeUnit())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func codeUnit() throws(TemplateTextError) -> UInt16 {
        let digits = bytes[index..<min(index + 4, bytes.count)]
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw error("four hexadecimal digits are missing")
        }
        index += 4
        return unit
    }

    private var peek: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { index += 1 }
    }

    private mutating func error(_ detail: String) -> TemplateTextError {
        .notWellFormed("JSON", detail, at: position(of: index))
    }

    /// Must be asked for places in their order.
    ///
    /// Columns count characters, not the bytes that continue one.
    private mutating func position(of index: Int) -> SourcePosition {
        var (line, column) = (landmark.position.line, landmark.position.column)
        for byte in bytes[landmark.index..<index] {
            switch byte {
            case 0x0a: (line, column) = (line + 1, 1)
            case 0x80..<0xc0: break
            default: column += 1
            }
        }
        landmark = (index, SourcePosition(line: line, column: column))
        return landmark.position
    }
}
