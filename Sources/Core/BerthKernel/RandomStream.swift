/// A repeatable source of random numbers, kept in the state of whoever draws from it.
///
/// One stream per kind of id or decision: drawing one more task id must not change the next message id,
/// or every golden transcript would move with every change. Not for secrets.
public struct RandomStream: RandomNumberGenerator, Hashable, Codable, Sendable {
    private var state: UInt64

    /// The stream of `purpose` in the world seeded with `seed`: other purposes see unrelated numbers.
    public init(seed: UInt64, purpose: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in purpose.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        state = seed ^ hash
        _ = next()
    }

    /// SplitMix64: one addition and a mix, equidistributed over its period of 2^64.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, 1.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number from 0 up to, not including, `bound`, which must be positive.
    public mutating func nextIndex(below bound: Int) -> Int {
        Int(next(upperBound: UInt64(bound)))
    }
}
