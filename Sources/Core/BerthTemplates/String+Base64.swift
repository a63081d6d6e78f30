extension String {
    /// The UTF-8 bytes in base64, as `Fn::Base64` gives them and EC2 wants user data.
    var base64: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bytes = Array(utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            var digits: [UInt8] = []
            for _ in 0..<4 {
                digits.append(alphabet[bits & 63])
                bits >>= 6
            }
            encoded += digits.reversed().prefix(group.count + 1)
            encoded += repeatElement(UInt8(ascii: "="), count: 3 - group.count)
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension String {
    /// The text that `base64` encodes, or `nil` when that is not base64 of UTF-8 text.
    ///
    /// Line ends in it do not count.
    package init?(base64: String) {
        var bytes: [UInt8] = []
        var bits = 0
        var bitCount = 0
        for byte in base64.utf8 where byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\n") {
            guard let value = Self.base64Value(of: byte) else { return nil }
            bits = (bits << 6 | value) & 0xff_ffff
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self = text
    }

    private static func base64Value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
