import BerthQueues
import Crypto

/// A message's body and attributes as the bytes that the driver keeps.
///
/// Lengths are four bytes, most significant first. The first byte is the layout's version.
struct MessagePayload: Sendable, Equatable {
    struct Attribute: Sendable, Equatable {
        let name: String
        let value: MessageAttributeValue
    }

    let body: String
    /// Sorted by name, the order in which their digest is computed.
    let attributes: [Attribute]
    let traceHeader: String?

    private static let version: UInt8 = 1

    init(body: String, attributes: [Attribute], traceHeader: String?) {
        self.body = body
        self.attributes = attributes.sorted { Array($0.name.utf16).lexicographicallyPrecedes(Array($1.name.utf16)) }
        self.traceHeader = traceHeader
    }

    var bytes: [UInt8] {
        var bytes = [Self.version]
        bytes.reserveCapacity(body.utf8.count + 64)
        bytes.append(field: body.utf8)
        bytes.append(field: (traceHeader ?? "").utf8)
        for attribute in attributes {
            bytes.append(field: attribute.name.utf8)
            bytes.append(field: attribute.value.DataType.utf8)
            bytes.append(attribute.value.isBinary ? 1 : 0)
            bytes.append(field: attribute.value.content)
        }
        return bytes
    }

    /// What `bytes` hold, or `nil` when they are of another layout.
    init?(_ bytes: [UInt8]) {
        var reader = FieldReader(bytes: bytes, position: 1)
        guard bytes.first == Self.version, let body = reader.next(), let trace = reader.next() else { return nil }
        var attributes: [Attribute] = []
        while let name = reader.next() {
            guard let type = reader.next(), let kind = reader.nextByte(), let content = reader.next() else {
                return nil
            }
            let value = MessageAttributeValue(type: String(decoding: type, as: UTF8.self), isBinary: kind == 1, content)
            attributes.append(Attribute(name: String(decoding: name, as: UTF8.self), value: value))
        }
        self.body = String(decoding: body, as: UTF8.self)
        traceHeader = trace.isEmpty ? nil : String(decoding: trace, as: UTF8.self)
        self.attributes = attributes
    }

    /// Lower-case hexadecimal MD5 of the body's UTF-8 bytes.
    var bodyDigest: String { hexMD5(Array(body.utf8)) }

    /// The digest of all attributes, or `nil` when there are none.
    var attributeDigest: String? { Self.digest(of: attributes) }

    /// The digest of some attributes: on receive it covers only those that are returned (reference, A.4).
    static func digest(of attributes: [Attribute]) -> String? {
        guard !attributes.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for attribute in attributes {
            bytes.append(field: attribute.name.utf8)
            bytes.append(field: attribute.value.DataType.utf8)
            bytes.append(attribute.value.isBinary ? 2 : 1)
            bytes.append(field: attribute.value.content)
        }
        return hexMD5(bytes)
    }

    var systemAttributeDigest: String? {
        traceHeader.flatMap { header in
            let value = MessageAttributeValue(type: "String", isBinary: false, Array(header.utf8)[...])
            return Self.digest(of: [Attribute(name: "AWSTraceHeader", value: value)])
        }
    }
}

/// The value of a message attribute as the API spells it.
struct MessageAttributeValue: Codable, Hashable, Sendable {
    let DataType: String
    let StringValue: String?
    let BinaryValue: [UInt8]?

    init(type: String, isBinary: Bool, _ content: ArraySlice<UInt8>) {
        DataType = type
        StringValue = isBinary ? nil : String(decoding: content, as: UTF8.self)
        BinaryValue = isBinary ? Array(content) : nil
    }

    /// What the core checks.
    ///
    /// A value of the wrong kind for its type is empty there, and refused as such.
    var value: MessageAttribute.Value { isBinary ? .binary(BinaryValue ?? []) : .string(StringValue ?? "") }
    var isBinary: Bool { DataType.hasPrefix("Binary") }
    var content: [UInt8] { BinaryValue ?? StringValue.map { Array($0.utf8) } ?? [] }
}

private struct FieldReader {
    let bytes: [UInt8]
    var position: Int

    mutating func next() -> ArraySlice<UInt8>? {
        guard position + 4 <= bytes.count else { return nil }
        let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
        guard position + 4 + length <= bytes.count else { return nil }
        defer { position += 4 + length }
        return bytes[position + 4..<position + 4 + length]
    }

    mutating func nextByte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }
}

extension [UInt8] {
    /// A length in four bytes, then the bytes: the form of payloads and of attribute digests alike.
    fileprivate mutating func append(field: some Collection<UInt8>) {
        let count = UInt32(field.count)
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: count >> shift)) }
        append(contentsOf: field)
    }
}

func hexMD5(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(32)
    for byte in Insecure.MD5.hash(data: bytes) {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
