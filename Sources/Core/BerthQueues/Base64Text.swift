/// Base64 with the standard alphabet and padding, for handles.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            for (group, start) in stride(from: 0, to: bytes.count, by: 3).enumerated() {
                let remaining = bytes.count - start
                let second = remaining > 1 ? bytes[start + 1] : 0
                let third = remaining > 2 ? bytes[start + 2] : 0
                let bits = UInt32(bytes[start]) << 16 | UInt32(second) << 8 | UInt32(third)
                text[4 * group] = alphabet[Int(bits >> 18)]
                text[4 * group + 1] = alphabet[Int(bits >> 12 & 63)]
                text[4 * group + 2] = remaining > 1 ? alphabet[Int(bits >> 6 & 63)] : UInt8(ascii: "=")
                text[4 * group + 3] = remaining > 2 ? alphabet[Int(bits & 63)] : UInt8(ascii: "=")
            }
            return length
        }
    }

    /// The bytes `text` stands for, or `nil` when it is not Base64.
    static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        while digits.last == UInt8(ascii: "="), digits.count % 4 != 1 { digits.removeLast() }
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var pending = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value != 255 else { return nil }
            bits = bits << 6 | UInt32(value)
            pending += 6
            if pending >= 8 {
                pending -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
            }
        }
        return bytes
    }
}
