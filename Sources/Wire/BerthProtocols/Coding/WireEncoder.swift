import BerthKernel

/// Makes what an answer says from Swift values.
///
/// Members of type `[UInt8]` become blobs and `Instant` a timestamp, which each protocol writes in its own way.
/// Ordered dictionaries with string keys are maps in their order; plain ones are sorted by key, since their own
/// order differs in every process. In the query form ``QueryName``s apply.
package struct WireEncoder: Sendable {
    private let form: WireForm

    package init(form: WireForm = .typed) {
        self.form = form
    }

    package func encode(_ value: some Encodable) throws -> WireValue {
        try ValueEncoder(form: form).encode(value)
    }
}

/// One value being written.
///
/// A class, because the containers that `Encodable` types write to outlive the call that made them.
final class ValueEncoder: Encoder {
    enum Result {
        case nothing
        case value(WireValue)
        case map(MapInProgress)
        case list(ListInProgress)
    }

    let form: WireForm
    var result = Result.nothing

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(form: WireForm) {
        self.form = form
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedWriter<Key>(map: mapInProgress(), form: form))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedWriter(list: listInProgress(), form: form)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleWriter(encoder: self)
    }

    /// A type with a superclass asks twice for the same container.
    private func mapInProgress() -> MapInProgress {
        if case .map(let map) = result { return map }
        let map = MapInProgress()
        result = .map(map)
        return map
    }

    private func listInProgress() -> ListInProgress {
        if case .list(let list) = result { return list }
        let list = ListInProgress()
        result = .list(list)
        return list
    }

    /// Writes a value of any type.
    ///
    /// Types that the wire has a form of its own for are not asked to encode themselves.
    func encode<Value: Encodable>(_ value: Value) throws -> WireValue {
        if let native = native(value) { return native }
        if let mapping = value as? any StringKeyedEncodable { return try mapping.wireValue(form) }
        let child = ValueEncoder(form: form)
        try value.encode(to: child)
        return child.finished
    }

    /// Asks for the type before the value: an empty array of anything can be cast to `[UInt8]`.
    private func native<Value: Encodable>(_ value: Value) -> WireValue? {
        if Value.self == String.self { return (value as? String).map(WireValue.string) }
        if Value.self == Instant.self { return (value as? Instant).map(WireValue.timestamp) }
        if Value.self == [UInt8].self { return (value as? [UInt8]).map(WireValue.blob) }
        return nil
    }

    var finished: WireValue {
        switch result {
        case .nothing: .empty
        case .value(let value): value
        case .map(let map): .map(WireMap(map.entries.map { .init(name: $0.name, value: $0.content.finished) }))
        case .list(let list): .list(list.elements.map(\.finished))
        }
    }
}

/// Something in a container: done, or still being written to through a nested container.
enum Content {
    case done(WireValue)
    case unfinished(ValueEncoder)

    var finished: WireValue {
        switch self {
        case .done(let value): value
        case .unfinished(let encoder): encoder.finished
        }
    }
}

final class MapInProgress {
    var entries: [(name: String, content: Content)] = []
}

final class ListInProgress {
    var elements: [Content] = []
}
