/// Writes `Codable` values as CBOR, several times as fast as a JSON encoder does.
///
/// Keys are written as their names, so that older data stays readable when fields are added. Arrays of
/// numbers become one block of memory each: this is what lets a snapshot of a million messages load in a
/// fraction of a second. `Documentation/Decisions/0004-stored-format.md` has the measurements.
package enum CBOREncoder {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = CBORWriter()
        try encode(value, with: writer)
        return writer.bytes
    }

    /// Writes one value at the writer's current depth, complete with the containers it opens.
    static func encode<T: Encodable>(_ value: T, with writer: CBORWriter) throws {
        if writePacked(value, with: writer) { return }
        let (start, depth) = (writer.count, writer.depth)
        try value.encode(to: ValueEncoder(writer: writer, depth: depth))
        // A type without fields writes nothing, but an item must be there.
        if writer.count == start { writer.openMap() }
        writer.close(to: depth)
    }

    private static func writePacked<T>(_ value: T, with writer: CBORWriter) -> Bool {
        if T.self == [UInt64].self {
            writer.write(unsafeBitCast(value, to: [UInt64].self), tag: .unsigned64)
        } else if T.self == [UInt8].self {
            writer.write(bytes: unsafeBitCast(value, to: [UInt8].self))
        } else if T.self == [UInt32].self {
            writer.write(unsafeBitCast(value, to: [UInt32].self), tag: .unsigned32)
        } else if T.self == [Int64].self {
            writer.write(unsafeBitCast(value, to: [Int64].self), tag: .signed64)
        } else if T.self == [Int].self {
            writer.write(unsafeBitCast(value, to: [Int].self), tag: .signed64)
        } else if T.self == [Double].self {
            writer.write(unsafeBitCast(value, to: [Double].self), tag: .float64)
        } else {
            return false
        }
        return true
    }
}

/// The encoder one value sees: it writes at `depth`, and what it opens is deeper.
private struct ValueEncoder: Encoder, SingleValueEncodingContainer {
    let writer: CBORWriter
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        // A value may ask for its container more than once, as subclasses do.
        if writer.depth == depth { writer.openMap() }
        return KeyedEncodingContainer(MapEncoder(writer: writer, depth: depth + 1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if writer.depth == depth { writer.openArray() }
        return ArrayEncoder(writer: writer, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { writer.writeNil() }
    func encode(_ value: Bool) { writer.write(value) }
    func encode(_ value: String) { writer.write(text: value) }
    func encode(_ value: Double) { writer.write(value) }
    func encode(_ value: Float) { writer.write(Double(value)) }
    func encode(_ value: Int) { writer.write(Int64(value)) }
    func encode(_ value: Int8) { writer.write(Int64(value)) }
    func encode(_ value: Int16) { writer.write(Int64(value)) }
    func encode(_ value: Int32) { writer.write(Int64(value)) }
    func encode(_ value: Int64) { writer.write(value) }
    func encode(_ value: UInt) { writer.write(UInt64(value)) }
    func encode(_ value: UInt8) { writer.write(UInt64(value)) }
    func encode(_ value: UInt16) { writer.write(UInt64(value)) }
    func encode(_ value: UInt32) { writer.write(UInt64(value)) }
    func encode(_ value: UInt64) { writer.write(value) }
    func encode<T: Encodable>(_ value: T) throws { try CBOREncoder.encode(value, with: writer) }
}

private struct MapEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: CBORWriter
    let depth: Int

    var codingPath: [any CodingKey] { [] }

    private func begin(_ key: some CodingKey) -> CBORWriter {
        precondition(writer.depth >= depth, "a value was encoded into a container that is complete")
        writer.close(to: depth)
        writer.write(text: key.stringValue)
        return writer
    }

    func encodeNil(forKey key: Key) { begin(key).writeNil() }
    func encode(_ value: Bool, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: String, forKey key: Key) { begin(key).write(text: value) }
    func encode(_ value: Double, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: Float, forKey key: Key) { begin(key).write(Double(value)) }
    func encode(_ value: Int, forKey key: Key) { begin(key).write(Int64(value)) }
    func encode(_ value: Int8, forKey key: Key) { begin(key).write(Int64(value)) }
    func encode(_ value: Int16, forKey key: Key) { begin(key).write(Int64(value)) }
    func encode(_ value: Int32, forKey key: Key) { begin(key).write(Int64(value)) }
    func encode(_ value: Int64, forKey key: Key) { begin(key).write(value) }
    func encode(_ value: UInt, forKey key: Key) { begin(key).write(UInt64(value)) }
    func encode(_ value: UInt8, forKey key: Key) { begin(key).write(UInt64(value)) }
    func encode(_ value: UInt16, forKey key: Key) { begin(key).write(UInt64(value)) }
    func encode(_ value: UInt32, forKey key: Key) { begin(key).write(UInt64(value)) }
    func encode(_ value: UInt64, forKey key: Key) { begin(key).write(value) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try CBOREncoder.encode(value, with: begin(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        begin(key).openMap()
        return KeyedEncodingContainer(MapEncoder<Nested>(writer: writer, depth: depth + 1))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key).openArray()
        return ArrayEncoder(writer: writer, depth: depth + 1)
    }

    func superEncoder() -> any Encoder { ValueEncoder(writer: begin(SuperKey()), depth: depth) }
    func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(writer: begin(key), depth: depth) }
}

private struct ArrayEncoder: UnkeyedEncodingContainer {
    let writer: CBORWriter
    let depth: Int
    private(set) var count = 0

    init(writer: CBORWriter, depth: Int) {
        self.writer = writer
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func begin() -> CBORWriter {
        precondition(writer.depth >= depth, "a value was encoded into a container that is complete")
        writer.close(to: depth)
        count += 1
        return writer
    }

    mutating func encodeNil() { begin().writeNil() }
    mutating func encode(_ value: Bool) { begin().write(value) }
    mutating func encode(_ value: String) { begin().write(text: value) }
    mutating func encode(_ value: Double) { begin().write(value) }
    mutating func encode(_ value: Float) { begin().write(Double(value)) }
    mutating func encode(_ value: Int) { begin().write(Int64(value)) }
    mutating func encode(_ value: Int8) { begin().write(Int64(value)) }
    mutating func encode(_ value: Int16) { begin().write(Int64(value)) }
    mutating func encode(_ value: Int32) { begin().write(Int64(value)) }
    mutating func encode(_ value: Int64) { begin().write(value) }
    mutating func encode(_ value: UInt) { begin().write(UInt64(value)) }
    mutating func encode(_ value: UInt8) { begin().write(UInt64(value)) }
    mutating func encode(_ value: UInt16) { begin().write(UInt64(value)) }
    mutating func encode(_ value: UInt32) { begin().write(UInt64(value)) }
    mutating func encode(_ value: UInt64) { begin().write(value) }
    mutating func encode<T: Encodable>(_ value: T) throws { try CBOREncoder.encode(value, with: begin()) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        begin().openMap()
        return KeyedEncodingContainer(MapEncoder<Nested>(writer: writer, depth: depth + 1))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin().openArray()
        return ArrayEncoder(writer: writer, depth: depth + 1)
    }

    mutating func superEncoder() -> any Encoder { ValueEncoder(writer: begin(), depth: depth) }
}

/// The key under which a class keeps what its superclass encodes.
struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { return nil }
    init?(intValue: Int) { return nil }
}
