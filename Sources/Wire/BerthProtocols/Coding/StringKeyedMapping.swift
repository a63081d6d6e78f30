import OrderedCollections

/// A dictionary that the wire reads as a map, whatever order or container its own coding would use.
protocol StringKeyedDecodable {
    init(wire decoder: ValueDecoder) throws
}

/// A dictionary that the wire writes as a map.
protocol StringKeyedEncodable {
    func wireValue(_ form: WireForm) throws -> WireValue
}

extension Dictionary: StringKeyedDecodable where Key == String, Value: Decodable {
    init(wire decoder: ValueDecoder) throws {
        self.init(try decoder.entries(of: Value.self), uniquingKeysWith: { _, last in last })
    }
}

extension OrderedDictionary: StringKeyedDecodable where Key == String, Value: Decodable {
    init(wire decoder: ValueDecoder) throws {
        self.init(try decoder.entries(of: Value.self), uniquingKeysWith: { _, last in last })
    }
}

extension Dictionary: StringKeyedEncodable where Key == String, Value: Encodable {
    func wireValue(_ form: WireForm) throws -> WireValue {
        try .mapping(sorted { $0.key < $1.key }, form)
    }
}

extension OrderedDictionary: StringKeyedEncodable where Key == String, Value: Encodable {
    func wireValue(_ form: WireForm) throws -> WireValue {
        try .mapping(elements, form)
    }
}

extension ValueDecoder {
    /// The entries of a map; null ones are left out.
    fileprivate func entries<Value: Decodable>(of type: Value.Type) throws -> [(String, Value)] {
        let members = try read(value.readMembers)
        return try members.entries.compactMap { entry in
            entry.value.isNull ? nil : (entry.name, try child(entry.value, at: entry.name).read(type))
        }
    }
}

extension WireValue {
    /// In the query form an element `entry` with a `key` and a `value` for each.
    fileprivate static func mapping<Value: Encodable>(
        _ entries: some Sequence<(key: String, value: Value)>, _ form: WireForm
    ) throws -> WireValue {
        var map = WireMap()
        for (key, content) in entries {
            let value = try ValueEncoder(form: form).encode(content)
            if form == .query {
                map.append("entry", ["key": .string(key), "value": value])
            } else {
                map.append(key, value)
            }
        }
        return .map(map)
    }
}
