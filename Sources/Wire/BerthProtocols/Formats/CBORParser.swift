import BerthKernel

/// Reads the part of CBOR (RFC 8949) that rpcV2Cbor uses: everything but bignums and simple values beyond null.
///
/// Lengths may be definite or indefinite. Of the tags only 1, seconds since the epoch, means something; others
/// are refused, as the protocol demands none of them. Undefined is read as null.
package struct CBORParser {
    private let bytes: [UInt8]
    private var position = 0

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package static func parse(_ bytes: [UInt8]) throws(FormatError) -> WireValue {
        var parser = CBORParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        guard parser.position == bytes.count else { throw parser.error("Unexpected data after the value") }
        return value
    }

    private mutating func value(depth: Int) throws(FormatError) -> WireValue {
        guard depth <= FormatLimits.depth else { throw error("Nested too deeply") }
        let head = try byte()
        let (major, info) = (head >> 5, head & 0x1F)
        switch major {
        case 0: return unsigned(try argument(info))
        case 1: return negative(try argument(info))
        case 2: return .blob(try chunks(info, major: 2))
        case 3: return .string(try text(chunks(info, major: 3)))
        case 4: return .list(try list(info, depth: depth))
        case 5: return .map(try map(info, depth: depth))
        case 6: return try tagged(try argument(info), depth: depth)
        default: return try simple(info)
        }
    }

    private func unsigned(_ number: UInt64) -> WireValue {
        Int64(exactly: number).map(WireValue.integer) ?? .double(Double(number))
    }

    /// CBOR keeps −1 − n.
    private func negative(_ number: UInt64) -> WireValue {
        Int64(exactly: number).map { .integer(-1 - $0) } ?? .double(-1 - Double(number))
    }

    private mutating func list(_ info: UInt8, depth: Int) throws(FormatError) -> [WireValue] {
        var elements: [WireValue] = []
        var remaining = try length(info)
        while try hasNext(&remaining) { elements.append(try value(depth: depth + 1)) }
        return elements
    }

    private mutating func map(_ info: UInt8, depth: Int) throws(FormatError) -> WireMap {
        var entries: [WireMap.Entry] = []
        var remaining = try length(info)
        while try hasNext(&remaining) {
            guard case .string(let name) = try value(depth: depth + 1) else { throw error("A name that is no text") }
            entries.append(WireMap.Entry(name: name, value: try value(depth: depth + 1)))
        }
        return WireMap(entries)
    }

    private mutating func tagged(_ tag: UInt64, depth: Int) throws(FormatError) -> WireValue {
        guard tag == 1 else { throw error("Unsupported tag \(tag)") }
        switch try value(depth: depth + 1) {
        case .integer(let seconds) where abs(seconds) < Int64.max / 1_000_000: return .timestamp(.seconds(seconds))
        case .double(let seconds):
            guard let instant = Instant(secondsSinceEpoch: seconds) else { throw error("Time out of range") }
            return .timestamp(instant)
        default: throw error("A time that is no number")
        }
    }

    private mutating func simple(_ info: UInt8) throws(FormatError) -> WireValue {
        switch info {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22, 23: return .null
        case 25: return .double(Double(halfBits: UInt16(try bigEndian(2))))
        case 26: return .double(Double(Float(bitPattern: UInt32(try bigEndian(4)))))
        case 27: return .double(Double(bitPattern: try bigEndian(8)))
        default: throw error("Unsupported simple value \(info)")
        }
    }
}

extension CBORParser {
    /// The number in a head, in the head itself or in the bytes behind it.
    private mutating func argument(_ info: UInt8) throws(FormatError) -> UInt64 {
        switch info {
        case 0..<24: UInt64(info)
        case 24: try bigEndian(1)
        case 25: try bigEndian(2)
        case 26: try bigEndian(4)
        case 27: try bigEndian(8)
        default: throw error("Malformed head")
        }
    }

    /// How many items follow; `nil` means until a break.
    ///
    /// A length that cannot fit in what is left is refused before anything is reserved for it.
    private mutating func length(_ info: UInt8) throws(FormatError) -> Int? {
        if info == 31 { return nil }
        let length = try argument(info)
        guard length <= UInt64(bytes.count - position) else { throw error("Unexpected end of input") }
        return Int(length)
    }

    private mutating func hasNext(_ remaining: inout Int?) throws(FormatError) -> Bool {
        if let count = remaining {
            remaining = count - 1
            return count > 0
        }
        guard position < bytes.count else { throw error("Unexpected end of input") }
        guard bytes[position] == 0xFF else { return true }
        position += 1
        return false
    }

    /// The bytes of a text or blob, which may come in chunks of definite length.
    private mutating func chunks(_ info: UInt8, major: UInt8) throws(FormatError) -> [UInt8] {
        guard let length = try length(info) else { return try indefiniteChunks(major: major) }
        return try take(length)
    }

    private mutating func indefiniteChunks(major: UInt8) throws(FormatError) -> [UInt8] {
        var joined: [UInt8] = []
        var remaining: Int?
        while try hasNext(&remaining) {
            let head = try byte()
            guard head >> 5 == major, let length = try length(head & 0x1F) else { throw error("Malformed chunk") }
            joined += try take(length)
        }
        return joined
    }

    private func text(_ bytes: [UInt8]) throws(FormatError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw error("Invalid UTF-8") }
        return text
    }

    private mutating func byte() throws(FormatError) -> UInt8 {
        guard position < bytes.count else { throw error("Unexpected end of input") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ count: Int) throws(FormatError) -> [UInt8] {
        guard count <= bytes.count - position else { throw error("Unexpected end of input") }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    private mutating func bigEndian(_ count: Int) throws(FormatError) -> UInt64 {
        guard count <= bytes.count - position else { throw error("Unexpected end of input") }
        defer { position += count }
        return bytes[position..<position + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func error(_ reason: String) -> FormatError {
        FormatError(offset: position, reason: reason)
    }
}

extension Double {
    /// An IEEE half, spelled out because `Float16` does not exist on every platform.
    fileprivate init(halfBits bits: UInt16) {
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        let magnitude: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: (1 + fraction * 0x1p-10) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
            }
        self = bits >> 15 == 1 ? -magnitude : magnitude
    }
}
