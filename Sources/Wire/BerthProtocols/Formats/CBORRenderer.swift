import BerthKernel

/// Writes CBOR as rpcV2Cbor's clients read it best: definite lengths, doubles always in 64 bits, times as tag 1.
package struct CBORRenderer {
    private var bytes: [UInt8] = []

    /// The bytes of a value.
    package static func render(_ value: WireValue) -> [UInt8] {
        var renderer = CBORRenderer()
        renderer.append(value)
        return renderer.bytes
    }

    private mutating func append(_ value: WireValue) {
        switch value {
        case .null: bytes.append(0xF6)
        case .bool(let truth): bytes.append(truth ? 0xF5 : 0xF4)
        case .integer(let number): appendInteger(number)
        case .double(let number): appendDouble(number)
        case .string(let text): append(text)
        case .blob(let blob):
            appendHead(2, UInt64(blob.count))
            bytes.append(contentsOf: blob)
        case .timestamp(let instant):
            bytes.append(0xC1)
            appendDouble(instant.secondsSinceEpoch)
        case .list(let elements):
            appendHead(4, UInt64(elements.count))
            for element in elements { append(element) }
        case .map(let map): append(map)
        }
    }

    /// Members that are null are left out: clients drop them anyway.
    private mutating func append(_ map: WireMap) {
        let entries = map.entries.filter { !$0.value.isNull }
        appendHead(5, UInt64(entries.count))
        for entry in entries {
            append(entry.name)
            append(entry.value)
        }
    }

    private mutating func append(_ text: String) {
        appendHead(3, UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func appendInteger(_ number: Int64) {
        if number >= 0 { appendHead(0, UInt64(number)) } else { appendHead(1, UInt64(-1 - number)) }
    }

    private mutating func appendDouble(_ number: Double) {
        bytes.append(0xFB)
        appendBigEndian(number.bitPattern, count: 8)
    }

    /// A major type with its argument in the shortest form.
    private mutating func appendHead(_ major: UInt8, _ argument: UInt64) {
        let kind = major << 5
        switch argument {
        case 0..<24: bytes.append(kind | UInt8(argument))
        case 24...0xFF: appendHead(kind | 24, argument, count: 1)
        case 0x100...0xFFFF: appendHead(kind | 25, argument, count: 2)
        case 0x1_0000...0xFFFF_FFFF: appendHead(kind | 26, argument, count: 4)
        default: appendHead(kind | 27, argument, count: 8)
        }
    }

    private mutating func appendHead(_ head: UInt8, _ argument: UInt64, count: Int) {
        bytes.append(head)
        appendBigEndian(argument, count: count)
    }

    private mutating func appendBigEndian(_ number: UInt64, count: Int) {
        for shift in stride(from: (count - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }
}
