/// Reads the members of a structure.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let map: WireMap
    private let decoder: ValueDecoder
    private let hasQueryNames: Bool

    init(map: WireMap, decoder: ValueDecoder) {
        self.map = map
        self.decoder = decoder
        hasQueryNames = decoder.form == .query && Key.self is any QueryKey.Type
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { map.entries.compactMap { Key(stringValue: $0.name) } }

    /// The member, or `nil` when it is absent or null: AWS does not tell these apart.
    private func member(_ key: Key) throws -> WireValue? {
        guard let value = try value(key), !value.isNull else { return nil }
        return value
    }

    private func queryName(_ key: Key) -> QueryName? {
        hasQueryNames ? (key as? any QueryKey)?.query : nil
    }

    private func value(_ key: Key) throws -> WireValue? {
        guard let query = queryName(key) else { return map[key.stringValue] }
        guard let value = map[query.input], case .flatMap(let name, let content) = query.layout else {
            return map[query.input]
        }
        do throws(WireDecodingError.Problem) {
            return try value.entries(key: name, value: content)
        } catch {
            throw WireDecodingError(path: decoder.path + [query.input], problem: error)
        }
    }

    private func required(_ key: Key) throws -> WireValue {
        if let member = try member(key) { return member }
        // A flat list without elements cannot be written in any other way.
        if queryName(key)?.layout == .flatList { return .list([]) }
        throw WireDecodingError(path: decoder.path + [key.stringValue], problem: .missing)
    }

    private func child(_ key: Key) throws -> ValueDecoder {
        decoder.child(try required(key), at: key.stringValue)
    }

    private func integer<Number: FixedWidthInteger>(_ key: Key) throws -> Number {
        let value = try required(key)
        return try decoder.read(at: key.stringValue) { form throws(WireValue.Problem) in try value.readInteger(form) }
    }

    func contains(_ key: Key) -> Bool { (try? value(key)) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try member(key) == nil }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try decoder.read(at: key.stringValue, required(key).readBool)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try decoder.read(at: key.stringValue, required(key).readString)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try decoder.read(at: key.stringValue, required(key).readDouble)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try decode(Double.self, forKey: key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try child(key).read(type)
    }

    // The kinds that most members have, found in one look-up instead of the default's three.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let member = try member(key) else { return nil }
        return try decoder.read(at: key.stringValue, member.readString)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let member = try member(key) else { return nil }
        return try decoder.child(member, at: key.stringValue).read(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
}

/// Reads the elements of a list.
struct UnkeyedReader: UnkeyedDecodingContainer {
    private let elements: [WireValue]
    private let decoder: ValueDecoder
    private(set) var currentIndex = 0

    init(elements: [WireValue], decoder: ValueDecoder) {
        self.elements = elements
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    private mutating func next() throws -> ValueDecoder {
        guard !isAtEnd else {
            throw WireDecodingError(path: decoder.path + [String(currentIndex)], problem: .missing)
        }
        defer { currentIndex += 1 }
        return decoder.child(elements[currentIndex], at: String(currentIndex))
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().read(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

/// Reads a value that stands alone.
struct SingleReader: SingleValueDecodingContainer {
    let decoder: ValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value.isNull }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.read(decoder.value.readBool) }
    func decode(_ type: String.Type) throws -> String { try decoder.read(decoder.value.readString) }
    func decode(_ type: Double.Type) throws -> Double { try decoder.read(decoder.value.readDouble) }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
}

extension ValueDecoder {
    fileprivate func integer<Number: FixedWidthInteger>() throws -> Number {
        try read { form throws(WireValue.Problem) in try value.readInteger(form) }
    }
}
