/// A message attribute as its sender gave it.
package struct MessageAttribute: Hashable, Codable, Sendable {
    package enum Value: Hashable, Codable, Sendable {
        case string(String)
        case binary([UInt8])
    }

    package let name: String
    /// `String`, `Number` or `Binary`, with a label of the sender's behind a dot if they like.
    package let dataType: String
    package let value: Value

    package init(name: String, dataType: String, value: Value) {
        self.name = name
        self.dataType = dataType
        self.value = value
    }

    package init(name: String, dataType: String = "String", _ value: String) {
        self.init(name: name, dataType: dataType, value: .string(value))
    }

    /// Bytes that count towards the message's size.
    var size: Int { name.utf8.count + dataType.utf8.count + valueSize }

    var valueSize: Int {
        switch value {
        case .string(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
