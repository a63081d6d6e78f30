/// Reads back what ``CBOREncoder`` wrote.
package enum CBORDecoder {
    /// The value that `bytes` encode, or the error that says where they are not one.
    package static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        let tape = try CBORTape(bytes)
        guard !tape.items.isEmpty else { throw CBORError.truncated }
        return try decode(type, from: tape, at: 0)
    }

    static func decode<T: Decodable>(_ type: T.Type, from tape: CBORTape, at position: Int) throws -> T {
        if let packed = try readPacked(type, from: tape, at: position) { return packed }
        return try T(from: ValueDecoder(tape: tape, position: position))
    }

    private static func readPacked<T>(_ type: T.Type, from tape: CBORTape, at position: Int) throws -> T? {
        if T.self == [UInt64].self { return try tape.words(UInt64.self, .unsigned64, at: position) as? T }
        if T.self == [UInt8].self { return try tape.byteString(at: position) as? T }
        if T.self == [UInt32].self { return try tape.words(UInt32.self, .unsigned32, at: position) as? T }
        if T.self == [Int64].self { return try tape.words(Int64.self, .signed64, at: position) as? T }
        if T.self == [Int].self { return try tape.words(Int.self, .signed64, at: position) as? T }
        if T.self == [Double].self { return try tape.words(Double.self, .float64, at: position) as? T }
        return nil
    }
}

extension CBORTape {
    func mismatch<T>(_ type: T.Type, at position: Int) -> DecodingError {
        let found = position < items.count ? "\(items[position].kind)" : "the end"
        return .typeMismatch(
            type, DecodingError.Context(codingPath: [], debugDescription: "found \(found) at item \(position)"))
    }

    fileprivate func byteString(at position: Int) throws -> [UInt8] {
        let item = items[position]
        guard item.kind == .bytes else { throw mismatch([UInt8].self, at: position) }
        return Array(bytes[Int(item.value)..<Int(item.value) + item.count])
    }

    fileprivate func words<Word: BitwiseCopyable>(
        _ type: Word.Type, _ tag: CBORTypedArray, at position: Int
    ) throws -> [Word] {
        guard items[position].kind == .typed, items[position].value == tag.rawValue else {
            throw mismatch([Word].self, at: position)
        }
        let content = items[position + 1]
        let width = MemoryLayout<Word>.size
        guard content.count.isMultiple(of: width) else { throw CBORError.truncated }
        return Array(unsafeUninitializedCapacity: content.count / width) { words, count in
            bytes.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(words).copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: source[Int(content.value)..<Int(content.value) + content.count]))
            }
            count = content.count / width
        }
    }

    fileprivate func bool(at position: Int) throws -> Bool {
        switch items[position].kind {
        case .yes: true
        case .no: false
        default: throw mismatch(Bool.self, at: position)
        }
    }

    fileprivate func double(at position: Int) throws -> Double {
        guard items[position].kind == .float else { throw mismatch(Double.self, at: position) }
        return Double(bitPattern: items[position].value)
    }

    fileprivate func integer<T: FixedWidthInteger>(_ type: T.Type, at position: Int) throws -> T {
        let item = items[position]
        let number: T? =
            switch item.kind {
            case .unsigned: T(exactly: item.value)
            case .negative: item.value <= UInt64(Int64.max) ? T(exactly: ~Int64(item.value)) : nil
            default: nil
            }
        guard let number else { throw mismatch(type, at: position) }
        return number
    }
}

/// The decoder one value sees.
private struct ValueDecoder: Decoder, SingleValueDecodingContainer {
    let tape: CBORTape
    let position: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try MapDecoder(tape: tape, position: position))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try ArrayDecoder(tape: tape, position: position)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { tape.items[position].kind == .null }
    func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: position) }
    func decode(_ type: String.Type) throws -> String { try tape.text(at: position) }
    func decode(_ type: Double.Type) throws -> Double { try tape.double(at: position) }
    func decode(_ type: Float.Type) throws -> Float { Float(try tape.double(at: position)) }
    func decode(_ type: Int.Type) throws -> Int { try tape.integer(type, at: position) }
    func decode(_ type: Int8.Type) throws -> Int8 { try tape.integer(type, at: position) }
    func decode(_ type: Int16.Type) throws -> Int16 { try tape.integer(type, at: position) }
    func decode(_ type: Int32.Type) throws -> Int32 { try tape.integer(type, at: position) }
    func decode(_ type: Int64.Type) throws -> Int64 { try tape.integer(type, at: position) }
    func decode(_ type: UInt.Type) throws -> UInt { try tape.integer(type, at: position) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try tape.integer(type, at: position) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try tape.integer(type, at: position) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try tape.integer(type, at: position) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try tape.integer(type, at: position) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try CBORDecoder.decode(type, from: tape, at: position) }
}

/// A map.
///
/// Fields are asked for in the order they were written, nearly always: the search starts after the field found
/// last. A class, because the container's methods do not mutate.
private final class MapDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let tape: CBORTape
    private let first: Int
    private let end: Int
    private var expected: Int

    init(tape: CBORTape, position: Int) throws {
        guard tape.items[position].kind == .map else { throw tape.mismatch([String: Any].self, at: position) }
        self.tape = tape
        first = position + 1
        end = tape.items[position].next
        expected = first
    }

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        var keys: [Key] = []
        var position = first
        while position < end {
            if let name = try? tape.text(at: position), let key = Key(stringValue: name) { keys.append(key) }
            position = tape.items[position + 1].next
        }
        return keys
    }

    /// Where the value of `key` stands, or `nil`.
    private func find(_ key: some CodingKey) -> Int? {
        let name = key.stringValue
        return find(name, from: expected, to: end) ?? find(name, from: first, to: expected)
    }

    private func find(_ name: String, from start: Int, to limit: Int) -> Int? {
        var position = start
        while position < limit {
            let value = position + 1
            let next = tape.items[value].next
            if tape.isText(at: position, equalTo: name) {
                expected = next
                return value
            }
            position = next
        }
        return nil
    }

    private func position(_ key: some CodingKey) throws -> Int {
        guard let position = find(key) else {
            throw DecodingError.keyNotFound(
                key, DecodingError.Context(codingPath: [], debugDescription: "no field \(key.stringValue)"))
        }
        return position
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { tape.items[try position(key)].kind == .null }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tape.bool(at: position(key)) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try tape.text(at: position(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try tape.double(at: position(key)) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try tape.double(at: position(key))) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try tape.integer(type, at: position(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try tape.integer(type, at: position(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try tape.integer(type, at: position(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try tape.integer(type, at: position(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try tape.integer(type, at: position(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try tape.integer(type, at: position(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try tape.integer(type, at: position(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try tape.integer(type, at: position(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try tape.integer(type, at: position(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try tape.integer(type, at: position(key)) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try CBORDecoder.decode(type, from: tape, at: position(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try MapDecoder<Nested>(tape: tape, position: position(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try ArrayDecoder(tape: tape, position: position(key))
    }

    func superDecoder() throws -> any Decoder { ValueDecoder(tape: tape, position: try position(SuperKey())) }
    func superDecoder(forKey key: Key) throws -> any Decoder { ValueDecoder(tape: tape, position: try position(key)) }
}

private struct ArrayDecoder: UnkeyedDecodingContainer {
    private let tape: CBORTape
    private let end: Int
    private var position: Int
    let count: Int?
    private(set) var currentIndex = 0

    init(tape: CBORTape, position: Int) throws {
        guard tape.items[position].kind == .array else { throw tape.mismatch([Any].self, at: position) }
        self.tape = tape
        self.position = position + 1
        end = tape.items[position].next
        count = tape.items[position].count
    }

    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { position >= end }

    private mutating func next<T>(_ type: T.Type) throws -> Int {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, DecodingError.Context(codingPath: [], debugDescription: "the array has ended"))
        }
        defer {
            position = tape.items[position].next
            currentIndex += 1
        }
        return position
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, tape.items[position].kind == .null else { return false }
        _ = try next(Never.self)
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: next(type)) }
    mutating func decode(_ type: String.Type) throws -> String { try tape.text(at: next(type)) }
    mutating func decode(_ type: Double.Type) throws -> Double { try tape.double(at: next(type)) }
    mutating func decode(_ type: Float.Type) throws -> Float { Float(try tape.double(at: next(type))) }
    mutating func decode(_ type: Int.Type) throws -> Int { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try tape.integer(type, at: next(type)) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try tape.integer(type, at: next(type)) }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try CBORDecoder.decode(type, from: tape, at: next(type))
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try MapDecoder<Nested>(tape: tape, position: next(type)))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try ArrayDecoder(tape: tape, position: next([Any].self))
    }

    mutating func superDecoder() throws -> any Decoder {
        ValueDecoder(tape: tape, position: try next((any Decoder).self))
    }
}
