import Crypto

/// The MD5 digests by which SQS clients check that a message arrived as it was sent.
///
/// - AWS: SQS Developer Guide, *Calculating the MD5 message digest for message attributes*.
package enum MessageDigest {
    /// A message attribute as far as its digest depends on it.
    package struct Attribute: Hashable, Sendable {
        package enum Value: Hashable, Sendable {
            /// Of the types `String` and `Number`.
            case text(String)
            case binary([UInt8])
        }

        package let name: String
        /// With its label, if it has one: `Number.seconds`.
        package let dataType: String
        package let value: Value

        package init(name: String, dataType: String, value: Value) {
            self.name = name
            self.dataType = dataType
            self.value = value
        }
    }

    /// The digest of a body's UTF-8 bytes.
    package static func md5(ofBody body: some Sequence<UInt8>) -> String {
        hex(Insecure.MD5.hash(data: Array(body)))
    }

    /// The digest of all given attributes, in whatever order.
    ///
    /// `nil` when there are none, and then the answer has no digest either. On a receive, only the attributes that
    /// are returned count.
    package static func md5(ofAttributes attributes: [Attribute]) -> String? {
        if attributes.isEmpty { return nil }
        var bytes: [UInt8] = []
        for attribute in attributes.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            bytes.appendSized(attribute.name.utf8)
            bytes.appendSized(attribute.dataType.utf8)
            switch attribute.value {
            case .text(let text):
                bytes.append(1)
                bytes.appendSized(text.utf8)
            case .binary(let binary):
                bytes.append(2)
                bytes.appendSized(binary)
            }
        }
        return hex(Insecure.MD5.hash(data: bytes))
    }
}

extension [UInt8] {
    /// Appends the length in four bytes, the highest first, and then the bytes themselves.
    fileprivate mutating func appendSized(_ other: some Collection<UInt8>) {
        let count = UInt32(other.count)
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: count >> shift)) }
        append(contentsOf: other)
    }
}
