/// A range of IPv4 addresses in CIDR notation, for `Fn::Cidr`.
struct AddressBlock: Hashable, CustomStringConvertible {
    let address: UInt32
    let prefixLength: Int

    private init(address: UInt32, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Reads `10.0.0.0/16`; bits behind the prefix are ignored.
    init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        let bytes = halves[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard halves.count == 2, let prefixLength = Int(halves[1]), (0...32).contains(prefixLength), bytes.count == 4
        else { return nil }
        var address: UInt32 = 0
        for byte in bytes {
            guard let byte else { return nil }
            address = address << 8 | UInt32(byte)
        }
        let hostMask = prefixLength == 32 ? 0 : UInt32.max >> UInt32(prefixLength)
        self.init(address: address & ~hostMask, prefixLength: prefixLength)
    }

    /// The first `count` blocks of `hostBits` host bits each, or `nil` when they do not fit.
    func divided(into count: Int, hostBits: Int) -> [AddressBlock]? {
        let available = 32 - prefixLength
        guard (1...available).contains(hostBits), count <= 1 << (available - hostBits) else { return nil }
        return (0..<UInt32(count)).map { index in
            AddressBlock(address: address + index << UInt32(hostBits), prefixLength: 32 - hostBits)
        }
    }

    var description: String {
        let bytes = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xff) }
        return bytes.joined(separator: ".") + "/\(prefixLength)"
    }
}
