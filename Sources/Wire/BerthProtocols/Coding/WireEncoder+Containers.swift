/// Writes the members of a structure.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let map: MapInProgress
    private let form: WireForm

    init(map: MapInProgress, form: WireForm) {
        self.map = map
        self.form = form
    }

    var codingPath: [any CodingKey] { [] }

    private func add(_ value: WireValue, _ key: Key) {
        guard form == .query, let query = (key as? any QueryKey)?.query else {
            map.entries.append((key.stringValue, .done(value)))
            return
        }
        for element in query.spread(value) { map.entries.append((query.output, .done(element))) }
    }

    func encodeNil(forKey key: Key) { add(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { add(.bool(value), key) }
    func encode(_ value: String, forKey key: Key) { add(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) { add(.double(value), key) }
    func encode(_ value: Float, forKey key: Key) { add(.double(Double(value)), key) }
    func encode(_ value: Int, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: Int8, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: Int16, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: Int32, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: Int64, forKey key: Key) { add(.integer(value), key) }
    func encode(_ value: UInt, forKey key: Key) { add(WireValue(UInt64(value)), key) }
    func encode(_ value: UInt8, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: UInt16, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: UInt32, forKey key: Key) { add(.integer(Int64(value)), key) }
    func encode(_ value: UInt64, forKey key: Key) { add(WireValue(value), key) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        add(try ValueEncoder(form: form).encode(value), key)
    }

    private func nested(_ key: Key) -> ValueEncoder {
        let encoder = ValueEncoder(form: form)
        map.entries.append((key.stringValue, .unfinished(encoder)))
        return encoder
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }
    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    func superEncoder() -> any Encoder {
        let encoder = ValueEncoder(form: form)
        map.entries.append(("super", .unfinished(encoder)))
        return encoder
    }
}

/// Writes the elements of a list.
struct UnkeyedWriter: UnkeyedEncodingContainer {
    private let list: ListInProgress
    private let form: WireForm

    init(list: ListInProgress, form: WireForm) {
        self.list = list
        self.form = form
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int { list.elements.count }

    func encodeNil() { list.elements.append(.done(.null)) }

    func encode<Value: Encodable>(_ value: Value) throws {
        list.elements.append(.done(try ValueEncoder(form: form).encode(value)))
    }

    private func nested() -> ValueEncoder {
        let encoder = ValueEncoder(form: form)
        list.elements.append(.unfinished(encoder))
        return encoder
    }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }
}

/// Writes a value that stands alone.
struct SingleWriter: SingleValueEncodingContainer {
    let encoder: ValueEncoder

    var codingPath: [any CodingKey] { [] }

    private func set(_ value: WireValue) { encoder.result = .value(value) }

    func encodeNil() { set(.null) }
    func encode(_ value: Bool) { set(.bool(value)) }
    func encode(_ value: String) { set(.string(value)) }
    func encode(_ value: Double) { set(.double(value)) }
    func encode(_ value: Float) { set(.double(Double(value))) }
    func encode(_ value: Int) { set(.integer(Int64(value))) }
    func encode(_ value: Int8) { set(.integer(Int64(value))) }
    func encode(_ value: Int16) { set(.integer(Int64(value))) }
    func encode(_ value: Int32) { set(.integer(Int64(value))) }
    func encode(_ value: Int64) { set(.integer(value)) }
    func encode(_ value: UInt) { set(WireValue(UInt64(value))) }
    func encode(_ value: UInt8) { set(.integer(Int64(value))) }
    func encode(_ value: UInt16) { set(.integer(Int64(value))) }
    func encode(_ value: UInt32) { set(.integer(Int64(value))) }
    func encode(_ value: UInt64) { set(WireValue(value)) }
    func encode<Value: Encodable>(_ value: Value) throws { set(try encoder.encode(value)) }
}

extension WireValue {
    /// No AWS model has a number beyond 64 signed bits; one that is written anyway loses its last digits.
    fileprivate init(_ number: UInt64) {
        self = Int64(exactly: number).map(WireValue.integer) ?? .double(Double(number))
    }
}

extension QueryName {
    /// The elements to write one after the other under this name: several only for what is laid out flat.
    fileprivate func spread(_ value: WireValue) -> [WireValue] {
        switch (layout, value) {
        case (.flatList, .list(let elements)): elements
        case (.flatMap(let key, let content), .map(let map)):
            map.values(of: "entry").map { entry in
                [key: entry["key"] ?? .null, content: entry["value"] ?? .null]
            }
        default: [value]
        }
    }
}
