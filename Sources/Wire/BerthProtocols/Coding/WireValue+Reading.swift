package import BerthKernel
import FoundationEssentials

extension WireDecodingError.Problem: Error {}

/// What a value is when a member of a certain kind is asked for.
extension WireValue {
    typealias Problem = WireDecodingError.Problem

    /// The value's kind as AWS's parser names it in its refusals.
    private var kind: String {
        switch self {
        case .null: "NULL_VALUE"
        case .bool(let truth): truth ? "TRUE_VALUE" : "FALSE_VALUE"
        case .integer, .double: "NUMBER_VALUE"
        case .string: "STRING_VALUE"
        case .blob: "BINARY_VALUE"
        case .timestamp: "TIMESTAMP_VALUE"
        case .list: "START_ARRAY"
        case .map: "START_OBJECT"
        }
    }

    private func mismatch(_ expected: String) -> Problem {
        isNull ? .missing : .mismatch(found: kind, expected: expected)
    }

    func readString(_ form: WireForm) throws(Problem) -> String {
        guard case .string(let text) = self else { throw mismatch("String") }
        return text
    }

    func readBool(_ form: WireForm) throws(Problem) -> Bool {
        switch (self, form) {
        case (.bool(let truth), _): return truth
        case (.string("true"), .query), (.string("True"), .query): return true
        case (.string("false"), .query), (.string("False"), .query): return false
        case (.string(let text), .query): throw .unreadable(text)
        default: throw mismatch("Boolean")
        }
    }

    func readInteger<Number: FixedWidthInteger>(_ form: WireForm) throws(Problem) -> Number {
        switch (self, form) {
        case (.integer(let number), _):
            guard let exact = Number(exactly: number) else { throw .outOfRange(String(number)) }
            return exact
        case (.double(let number), _):
            guard let exact = Number(exactly: number) else { throw .outOfRange(String(number)) }
            return exact
        case (.string(let text), .query):
            guard let number = Number(text) else { throw .unreadable(text) }
            return number
        default: throw mismatch("Integer")
        }
    }

    /// JSON writes what is not a finite number as a string, in either form.
    func readDouble(_ form: WireForm) throws(Problem) -> Double {
        switch (self, form) {
        case (.double(let number), _): return number
        case (.integer(let number), _): return Double(number)
        case (.string("NaN"), _): return .nan
        case (.string("Infinity"), _): return .infinity
        case (.string("-Infinity"), _): return -.infinity
        case (.string(let text), .query):
            guard let number = Double(text) else { throw .unreadable(text) }
            return number
        default: throw mismatch("Double")
        }
    }

    /// Numbers are seconds since the epoch; text is ISO 8601, in either form, for some clients send it in JSON.
    func readInstant(_ form: WireForm) throws(Problem) -> Instant {
        switch self {
        case .timestamp(let instant): return instant
        case .integer(let seconds):
            guard abs(seconds) < Int64.max / 1_000_000 else { throw .outOfRange(String(seconds)) }
            return .seconds(seconds)
        case .double(let seconds):
            guard let instant = Instant(secondsSinceEpoch: seconds) else { throw .outOfRange(String(seconds)) }
            return instant
        case .string(let text):
            guard let instant = Instant(iso8601: text) else { throw .unreadable(text) }
            return instant
        default: throw mismatch("Timestamp")
        }
    }

    func readBytes(_ form: WireForm) throws(Problem) -> [UInt8] {
        switch self {
        case .blob(let bytes): return bytes
        case .string(let text):
            guard let data = Data(base64Encoded: text) else { throw .unreadable(text) }
            return [UInt8](data)
        default: throw mismatch("Blob")
        }
    }

    /// In a query form the elements of a list are numbered members, perhaps below one called `member`; an empty
    /// list is an empty text.
    func readElements(_ form: WireForm) throws(Problem) -> [WireValue] {
        switch (self, form) {
        case (.list(let elements), _): return elements
        case (.string(""), .query): return []
        case (.map(let map), .query):
            if map.count == 1, let inner = map["member"] { return try inner.readElements(form) }
            return try map.numbered()
        default: throw mismatch("List")
        }
    }

    /// In a query form a map may be a numbered list of `entry` elements, each with a `key` and a `value`.
    func readMembers(_ form: WireForm) throws(Problem) -> WireMap {
        switch (self, form) {
        case (.map(let map), .query):
            guard map.count == 1, let entries = map["entry"] else { return map }
            return try entries.pairs(key: "key", value: "value")
        case (.map(let map), _): return map
        case (.string(""), .query): return WireMap()
        default: throw mismatch("Structure")
        }
    }

    /// A map that is laid out flat, in the usual form.
    func entries(key: String, value: String) throws(Problem) -> WireValue {
        let entries = try pairs(key: key, value: value).entries
        return ["entry": .list(entries.map { ["key": .string($0.name), "value": $0.value] })]
    }

    /// A numbered list of pairs, as the query protocols write maps.
    private func pairs(key: String, value: String) throws(Problem) -> WireMap {
        var map = WireMap()
        for element in try readElements(.query) {
            guard let name = element[key]?.text else { throw .missing }
            map.append(name, element[value] ?? .string(""))
        }
        return map
    }
}

extension WireMap {
    /// The values in the order of their numeric names, gaps closed.
    fileprivate func numbered() throws(WireDecodingError.Problem) -> [WireValue] {
        var numbered: [(number: Int, value: WireValue)] = []
        numbered.reserveCapacity(count)
        for entry in entries {
            guard let number = Int(entry.name) else {
                throw .mismatch(found: "START_OBJECT", expected: "List")
            }
            numbered.append((number, entry.value))
        }
        return numbered.sorted { $0.number < $1.number }.map(\.value)
    }
}

extension Instant {
    /// `nil` when it is not a number or no moment a world can reach.
    package init?(secondsSinceEpoch seconds: Double) {
        let microseconds = (seconds * 1_000_000).rounded()
        guard let exact = Int64(exactly: microseconds) else { return nil }
        self.init(microseconds: exact)
    }

    /// `2026-11-21T08:05:09Z`, with or without a fraction, with `Z` or an offset.
    init?(iso8601 text: String) {
        let whole = Date.ISO8601FormatStyle()
        let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? whole.parse(text)) ?? (try? fractional.parse(text)) else { return nil }
        self.init(secondsSinceEpoch: date.timeIntervalSince1970)
    }
}
