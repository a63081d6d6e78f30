/// CBOR bytes, read once and laid out flat: every item knows where the next one begins.
///
/// `Codable` asks for keys in any order and may leave some unread; on the tape both cost nothing. Reads what
/// ``CBORWriter`` writes and definite lengths besides, and refuses everything else.
final class CBORTape {
    enum Kind: UInt8 {
        case unsigned, negative, bytes, text, array, map, typed, yes, no, null, float
    }

    struct Item {
        let kind: Kind
        /// The number itself, the tag of a typed array, or the offset of the content in `bytes`.
        var value: UInt64
        /// Length of the content in bytes; of a container, in items: a map's keys count too.
        var count: Int
        /// Where on the tape the item after this one stands.
        ///
        /// A container's content follows it at once.
        var next: Int
    }

    let bytes: [UInt8]
    private(set) var items: [Item] = []
    private var offset = 0

    private static let deepest = 512

    init(_ bytes: [UInt8]) throws(CBORError) {
        self.bytes = bytes
        items.reserveCapacity(bytes.count / 16 + 4)
        while offset < bytes.count { try readItem(depth: 0) }
    }

    func text(at position: Int) throws(CBORError) -> String {
        let item = items[position]
        guard item.kind == .text else { throw .unsupported(initialByte: item.kind.rawValue, offset: position) }
        let start = Int(item.value)
        guard let text = String(validating: bytes[start..<start + item.count], as: UTF8.self) else {
            throw .notUTF8(offset: start)
        }
        return text
    }

    /// Whether the text at `position` is `key`, without making a string of it.
    func isText(at position: Int, equalTo key: String) -> Bool {
        let item = items[position]
        let utf8 = key.utf8
        guard item.kind == .text, utf8.count == item.count else { return false }
        var index = Int(item.value)
        for byte in utf8 {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private func readItem(depth: Int) throws(CBORError) {
        guard depth < Self.deepest else { throw .tooDeep }
        let start = offset
        let initial = try readByte()
        switch initial >> 5 {
        case 0: append(.unsigned, value: try readArgument(initial))
        case 1: append(.negative, value: try readArgument(initial))
        case 2: try readString(.bytes, initial)
        case 3: try readString(.text, initial)
        case 4: try readContainer(.array, initial, depth: depth)
        case 5: try readContainer(.map, initial, depth: depth)
        case 6: try readTyped(initial)
        default: try readSimple(initial, at: start)
        }
    }

    private func readString(_ kind: Kind, _ initial: UInt8) throws(CBORError) {
        let length = try readArgument(initial)
        guard length <= UInt64(bytes.count - offset) else { throw .truncated }
        append(kind, value: UInt64(offset), count: Int(length))
        offset += Int(length)
    }

    private func readContainer(_ kind: Kind, _ initial: UInt8, depth: Int) throws(CBORError) {
        let position = items.count
        append(kind, value: 0)
        var count = 0
        if initial & 0x1f == 31 {
            while try peekByte() != 0xff {
                try readItem(depth: depth + 1)
                count += 1
            }
            offset += 1
        } else {
            let declared = try readArgument(initial)
            guard declared <= UInt64(bytes.count) else { throw .truncated }
            count = kind == .map ? 2 * Int(declared) : Int(declared)
            for _ in 0..<count { try readItem(depth: depth + 1) }
        }
        guard kind == .array || count.isMultiple(of: 2) else { throw .truncated }
        items[position].count = count
        items[position].next = items.count
    }

    private func readTyped(_ initial: UInt8) throws(CBORError) {
        let start = offset - 1
        let tag = try readArgument(initial)
        guard CBORTypedArray(rawValue: tag) != nil else { throw .unsupported(initialByte: initial, offset: start) }
        append(.typed, value: tag)
        let content = try readByte()
        guard content >> 5 == 2 else { throw .unsupported(initialByte: content, offset: offset - 1) }
        try readString(.bytes, content)
        items[items.count - 2].next = items.count
    }

    private func readSimple(_ initial: UInt8, at start: Int) throws(CBORError) {
        switch initial {
        case 0xf4: append(.no, value: 0)
        case 0xf5: append(.yes, value: 1)
        case 0xf6: append(.null, value: 0)
        case 0xfb: append(.float, value: try readBigEndian(8))
        default: throw .unsupported(initialByte: initial, offset: start)
        }
    }

    private func append(_ kind: Kind, value: UInt64, count: Int = 0) {
        items.append(Item(kind: kind, value: value, count: count, next: items.count + 1))
    }

    private func readArgument(_ initial: UInt8) throws(CBORError) -> UInt64 {
        switch initial & 0x1f {
        case let small where small < 24: UInt64(small)
        case 24: try readBigEndian(1)
        case 25: try readBigEndian(2)
        case 26: try readBigEndian(4)
        case 27: try readBigEndian(8)
        default: throw .unsupported(initialByte: initial, offset: offset - 1)
        }
    }

    private func readBigEndian(_ width: Int) throws(CBORError) -> UInt64 {
        guard width <= bytes.count - offset else { throw .truncated }
        var value: UInt64 = 0
        for index in offset..<offset + width { value = value << 8 | UInt64(bytes[index]) }
        offset += width
        return value
    }

    private func readByte() throws(CBORError) -> UInt8 {
        let byte = try peekByte()
        offset += 1
        return byte
    }

    private func peekByte() throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw .truncated }
        return bytes[offset]
    }
}
