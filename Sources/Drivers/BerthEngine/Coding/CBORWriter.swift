/// Writes CBOR items (RFC 8949) one after another, and closes containers by itself.
///
/// `Codable` never says that a container is complete. Containers are therefore of indefinite length, and the
/// writer keeps how many are open: whoever writes at a depth closes everything deeper first.
///
/// It owns its memory by hand: every field of every command passes through here, and an array's checks on
/// each append were half of the cost of encoding.
final class CBORWriter {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    private(set) var depth = 0

    init(capacity: Int = 256) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deallocate()
    }

    /// A copy of what was written.
    var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: base, count: count))
    }

    /// Takes back everything written since it was `count` bytes long, open containers included.
    func truncate(to count: Int) {
        precondition(count <= self.count, "what was never written cannot be kept")
        self.count = count
        depth = 0
    }

    func close(to depth: Int) {
        while self.depth > depth {
            byte(0xff)
            self.depth -= 1
        }
    }

    func openMap() {
        byte(0xbf)
        depth += 1
    }

    func openArray() {
        byte(0x9f)
        depth += 1
    }

    func writeNil() {
        byte(0xf6)
    }

    func write(_ value: Bool) {
        byte(value ? 0xf5 : 0xf4)
    }

    func write(_ value: Int64) {
        if value >= 0 {
            head(0x00, UInt64(value))
        } else {
            head(0x20, UInt64(~value))
        }
    }

    func write(_ value: UInt64) {
        head(0x00, value)
    }

    func write(_ value: Double) {
        byte(0xfb)
        bigEndian(value.bitPattern)
    }

    func write(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            head(0x60, UInt64(utf8.count))
            block(UnsafeRawBufferPointer(utf8))
        }
    }

    func write(bytes value: [UInt8]) {
        head(0x40, UInt64(value.count))
        value.withUnsafeBytes { block($0) }
    }

    /// A typed array (RFC 8746): its elements in memory order, little-endian, as one byte string.
    func write<Word: BitwiseCopyable>(_ words: [Word], tag: CBORTypedArray) {
        head(0xc0, tag.rawValue)
        words.withUnsafeBytes { raw in
            head(0x40, UInt64(raw.count))
            block(raw)
        }
    }

    private func head(_ major: UInt8, _ argument: UInt64) {
        switch argument {
        case 0..<24:
            byte(major | UInt8(truncatingIfNeeded: argument))
        case 0...0xff:
            byte(major | 24)
            byte(UInt8(truncatingIfNeeded: argument))
        case 0...0xffff:
            byte(major | 25)
            bigEndian(UInt16(truncatingIfNeeded: argument))
        case 0...0xffff_ffff:
            byte(major | 26)
            bigEndian(UInt32(truncatingIfNeeded: argument))
        default:
            byte(major | 27)
            bigEndian(argument)
        }
    }

    private func byte(_ value: UInt8) {
        if count == capacity { grow(by: 1) }
        base[count] = value
        count += 1
    }

    private func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        withUnsafeBytes(of: number.bigEndian) { block($0) }
    }

    private func block(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress else { return }
        if source.count > capacity - count { grow(by: source.count) }
        UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: source.count)
        count += source.count
    }

    private func grow(by needed: Int) {
        capacity = max(2 * capacity, count + needed)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
    }
}

/// Tags of typed arrays whose elements are little-endian (RFC 8746, section 2.1).
enum CBORTypedArray: UInt64 {
    case unsigned32 = 70
    case unsigned64 = 71
    case signed64 = 79
    case float64 = 86
}

/// Why bytes are not what ``CBORWriter`` writes.
package enum CBORError: Error, Equatable {
    case truncated
    case unsupported(initialByte: UInt8, offset: Int)
    case notUTF8(offset: Int)
    case tooDeep
}
