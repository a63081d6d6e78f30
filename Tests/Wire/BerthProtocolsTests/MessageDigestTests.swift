import Testing

@testable import BerthProtocols

private func text(_ name: String, _ value: String, type: String = "String") -> MessageDigest.Attribute {
    MessageDigest.Attribute(name: name, dataType: type, value: .text(value))
}

/// Digests recorded from AWS.
struct MessageDigestTests {
    @Test func `the digest of a body`() {
        #expect(MessageDigest.md5(ofBody: "message".utf8) == "78e731027d8fd50ed642340b7c9a63b3")
    }

    @Test(arguments: [
        ([text("MyAttribute", "foobar")], "adb59cd4678ea5a855436b949cd07ab6"),
        ([text("timestamp", "1493147359900", type: "Number")], "235c5c510d26fb653d073faed50ae77c"),
        ([text("Foo", "Bar")], "ae7155c6026991b6d54b11589678bf9c"),
        (
            [text("Help.Me", "Me"), text("General", "Kenobi"), text("Hello", "There")],
            "4c360f3fdafd970e05fae2f149d997f5"
        ),
    ])
    func `the digest of attributes, in whatever order`(attributes: [MessageDigest.Attribute], digest: String) {
        #expect(MessageDigest.md5(ofAttributes: attributes) == digest)
    }

    @Test func `the digest of binary attributes`() {
        let value =
            Array("traceparent".utf8) + [0x1E] + Array("00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".utf8)
        let attribute = MessageDigest.Attribute(name: "attr1", dataType: "Binary", value: .binary(value))

        #expect(MessageDigest.md5(ofAttributes: [attribute]) == "8cbe4db156db8a94db8b801b7addb984")
    }

    @Test func `no attributes have no digest`() {
        #expect(MessageDigest.md5(ofAttributes: []) == nil)
    }
}
