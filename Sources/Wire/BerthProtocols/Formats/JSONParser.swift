/// Reads JSON (RFC 8259) from bytes in one pass, without looking at a byte twice where none is escaped.
///
/// Strict: no comments, no trailing commas, nothing behind the value, only valid UTF-8. Numbers without a
/// fraction that fit 64 bits are integers, all others doubles.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    package static func parse(_ bytes: [UInt8]) throws(FormatError) -> WireValue {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(FormatError) in
                var parser = JSONParser(bytes: buffer)
                return try parser.document()
            }
        }
        return try result.get()
    }

    private mutating func document() throws(FormatError) -> WireValue {
        skipWhitespace()
        let value = try value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw error("Unexpected data after the value") }
        return value
    }

    private mutating func value(depth: Int) throws(FormatError) -> WireValue {
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case 0 where position >= bytes.count: throw error("Unexpected end of input")
        default: throw error("Unexpected character")
        }
    }

    private mutating func object(depth: Int) throws(FormatError) -> WireValue {
        guard depth <= FormatLimits.depth else { throw error("Nested too deeply") }
        position += 1
        skipWhitespace()
        if take(UInt8(ascii: "}")) { return .empty }
        var entries: [WireMap.Entry] = []
        entries.reserveCapacity(8)
        repeat {
            skipWhitespace()
            guard current == UInt8(ascii: "\"") else { throw error("Expected a member name") }
            let name = try string()
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw error("Expected a colon") }
            skipWhitespace()
            entries.append(WireMap.Entry(name: name, value: try value(depth: depth)))
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("Expected a comma or a closing brace") }
        return .map(WireMap(entries))
    }

    private mutating func array(depth: Int) throws(FormatError) -> WireValue {
        guard depth <= FormatLimits.depth else { throw error("Nested too deeply") }
        position += 1
        skipWhitespace()
        if take(UInt8(ascii: "]")) { return .list([]) }
        var elements: [WireValue] = []
        repeat {
            skipWhitespace()
            elements.append(try value(depth: depth))
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("Expected a comma or a closing bracket") }
        return .list(elements)
    }

    private mutating func literal(_ text: StaticString, _ value: WireValue) throws(FormatError) -> WireValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard current == text.utf8Start[offset] else { throw error("Unexpected character") }
            position += 1
        }
        return value
    }
}

extension JSONParser {
    private mutating func string() throws(FormatError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = try text(bytes[start..<position])
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error("Control character in a string") }
            position += 1
        }
        throw error("Unterminated string")
    }

    private func text(_ slice: Slice<UnsafeBufferPointer<UInt8>>) throws(FormatError) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: slice), as: UTF8.self) else {
            throw error("Invalid UTF-8")
        }
        return text
    }

    /// A string with an escape in it, the first at the current position.
    private mutating func escapedString(from start: Int) throws(FormatError) -> String {
        var decoded = [UInt8](bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: decoded, as: UTF8.self) else { throw error("Invalid UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &decoded)
            case 0..<0x20:
                throw error("Control character in a string")
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw error("Unterminated string")
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(FormatError) {
        let byte = current
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded.append(contentsOf: try unicodeEscape().utf8)
        default: throw error("Unknown escape")
        }
    }

    /// What follows `\u`: four digits, and for a character beyond the basic plane a second escape.
    private mutating func unicodeEscape() throws(FormatError) -> Character {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw error("Lone surrogate")
        }
        let second = try fourDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("Lone surrogate") }
        return Character(scalar)
    }

    private mutating func fourDigits() throws(FormatError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = current - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = current - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = current - UInt8(ascii: "A") + 10
            default: throw error("Expected four hexadecimal digits")
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}

extension JSONParser {
    private mutating func number() throws(FormatError) -> WireValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let digits = position
        var magnitude: UInt64 = 0
        var overflows = false
        while let digit = digit {
            let (product, high) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            overflows = overflows || high || carry
            magnitude = sum
            position += 1
        }
        guard position > digits else { throw error("Expected a digit") }
        guard position == digits + 1 || bytes[digits] != UInt8(ascii: "0") else { throw error("Leading zero") }
        let hasFraction = try skipFraction()
        let hasExponent = try skipExponent()
        if !hasFraction, !hasExponent, !overflows, let integer = signed(magnitude, isNegative) {
            return .integer(integer)
        }
        guard let double = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw error("Number out of range")
        }
        return .double(double)
    }

    private func signed(_ magnitude: UInt64, _ isNegative: Bool) -> Int64? {
        if !isNegative { return Int64(exactly: magnitude) }
        return magnitude <= UInt64(Int64.max) ? -Int64(magnitude) : magnitude == 1 << 63 ? .min : nil
    }

    private mutating func skipFraction() throws(FormatError) -> Bool {
        guard take(UInt8(ascii: ".")) else { return false }
        try skipDigits()
        return true
    }

    private mutating func skipExponent() throws(FormatError) -> Bool {
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return false }
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        try skipDigits()
        return true
    }

    private mutating func skipDigits() throws(FormatError) {
        guard digit != nil else { throw error("Expected a digit") }
        while digit != nil { position += 1 }
    }

    private var digit: UInt8? {
        let byte = current
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? byte - UInt8(ascii: "0") : nil
    }
}

extension JSONParser {
    /// The byte at the position, or 0 at the end, which no token begins with.
    private var current: UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    private func error(_ reason: String) -> FormatError {
        FormatError(offset: position, reason: reason)
    }
}
