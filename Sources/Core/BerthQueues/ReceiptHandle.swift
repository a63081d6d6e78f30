/// What a receipt handle says: which message of which queue, and which of its receives.
///
/// Callers see 44 characters of Base64. They carry a checksum, so that a handle this world never gave out is
/// refused instead of naming some message by accident.
struct ReceiptHandle: Equatable, Sendable {
    /// Names the queue; a queue created again under the same name has another one.
    let queueTag: UInt64
    let sequence: UInt64
    let slot: UInt32
    /// The message's receive count when the handle was given out: new with every receive.
    let receive: UInt32

    private static let prefix: [UInt8] = [1, 1, 1]
    private static let checksumBytes = 6
    private static let length = 33

    var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.length)
        bytes.append(contentsOf: Self.prefix)
        Self.append(queueTag, 8, to: &bytes)
        Self.append(sequence, 8, to: &bytes)
        Self.append(UInt64(slot), 4, to: &bytes)
        Self.append(UInt64(receive), 4, to: &bytes)
        Self.append(checksum, Self.checksumBytes, to: &bytes)
        return Base64Text.encode(bytes)
    }

    init(queueTag: UInt64, sequence: UInt64, slot: UInt32, receive: UInt32) {
        self.queueTag = queueTag
        self.sequence = sequence
        self.slot = slot
        self.receive = receive
    }

    /// The handle that `text` spells, or `nil` when no queue ever gave it out.
    init?(_ text: String) {
        guard let bytes = Base64Text.decode(text), bytes.count == Self.length,
            bytes.prefix(Self.prefix.count).elementsEqual(Self.prefix)
        else { return nil }
        queueTag = Self.number(bytes[3..<11])
        sequence = Self.number(bytes[11..<19])
        slot = UInt32(Self.number(bytes[19..<23]))
        receive = UInt32(Self.number(bytes[23..<27]))
        guard Self.number(bytes[27...]) == checksum else { return nil }
    }

    private var checksum: UInt64 {
        var hash = queueTag
        for part in [sequence, UInt64(slot) << 32 | UInt64(receive)] {
            hash = (hash ^ part) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 29
        }
        return hash & 0xffff_ffff_ffff
    }

    private static func append(_ number: UInt64, _ count: Int, to bytes: inout [UInt8]) {
        for index in stride(from: count - 1, through: 0, by: -1) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index)))
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
