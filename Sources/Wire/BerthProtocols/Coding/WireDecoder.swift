import BerthKernel

/// Makes Swift values from what a request said.
///
/// In the typed form a value must be of the member's kind, and a wrong one is refused in the words AWS uses; in
/// the query form text is read as the number, truth value or time that the member needs. Members of type
/// `[UInt8]` are blobs, `Instant` is a timestamp, and dictionaries with string keys, ordered ones too, are maps.
package struct WireDecoder: Sendable {
    private let form: WireForm

    package init(form: WireForm = .typed) {
        self.form = form
    }

    /// - Throws: ``WireDecodingError``, or what a shape's own `init(from:)` throws.
    package func decode<Value: Decodable>(_ type: Value.Type, from value: WireValue) throws -> Value {
        try ValueDecoder(value, form: form).read(type)
    }
}

/// One value being read.
///
/// A class, because every structure asks for one as an existential, which would otherwise be boxed; it knows the
/// way to itself by its parents, so that the path costs nothing until something is wrong.
final class ValueDecoder: Decoder {
    let value: WireValue
    let form: WireForm
    private let name: String
    private let parent: ValueDecoder?

    init(_ value: WireValue, form: WireForm, name: String = "", parent: ValueDecoder? = nil) {
        self.value = value
        self.form = form
        self.name = name
        self.parent = parent
    }

    var codingPath: [any CodingKey] { path.map { NamedKey($0) } }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Member names and list positions from the outside in.
    var path: [String] {
        guard let parent else { return [] }
        return parent.path + [name]
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(KeyedReader<Key>(map: try read(value.readMembers), decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        UnkeyedReader(elements: try read(value.readElements), decoder: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SingleReader(decoder: self)
    }

    func child(_ value: WireValue, at name: String) -> ValueDecoder {
        ValueDecoder(value, form: form, name: name, parent: self)
    }

    /// Reads something, and says where it stands if that fails: here, or in the member `name` of this.
    @inline(__always)
    func read<Value>(
        at name: String? = nil, _ reading: (WireForm) throws(WireDecodingError.Problem) -> Value
    ) throws(WireDecodingError) -> Value {
        do throws(WireDecodingError.Problem) {
            return try reading(form)
        } catch {
            throw WireDecodingError(path: path + (name.map { [$0] } ?? []), problem: error)
        }
    }

    /// Reads a value of any type.
    ///
    /// Types that the wire has a form of its own for are not asked to decode themselves.
    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == String.self, let text = try read(value.readString) as? Value { return text }
        if type == Instant.self, let instant = try read(value.readInstant) as? Value { return instant }
        if type == [UInt8].self, let bytes = try read(value.readBytes) as? Value { return bytes }
        if let mapping = type as? any StringKeyedDecodable.Type, let value = try mapping.init(wire: self) as? Value {
            return value
        }
        do {
            return try Value(from: self)
        } catch let error as DecodingError {
            throw WireDecodingError(error, reading: value, at: path)
        }
    }
}

extension WireDecodingError {
    /// What a type's own decoding refused, most often an unknown name of an enumeration.
    fileprivate init(_ error: DecodingError, reading value: WireValue, at path: [String]) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(path: context.codingPath.map(\.stringValue) + [key.stringValue], problem: .missing)
        case .valueNotFound(_, let context):
            self.init(path: context.codingPath.map(\.stringValue), problem: .missing)
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            self.init(path: path, problem: .refused(value.text ?? context.debugDescription))
        @unknown default:
            self.init(path: path, problem: .refused("\(error)"))
        }
    }
}

/// A coding key made from a name or a list position.
struct NamedKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.init(stringValue) }
    init(intValue: Int) { self.init(String(intValue)) }
}
