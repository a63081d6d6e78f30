import BerthKernel
import Testing

@testable import BerthProtocols

private func parse(_ text: String) throws -> WireValue {
    try JSONParser.parse(Array(text.utf8))
}

private func render(_ value: WireValue) -> String {
    String(decoding: JSONRenderer.render(value), as: UTF8.self)
}

struct JSONParserTests {
    @Test func `an object keeps the order of its members`() throws {
        let value = try parse(#" { "b" : 1, "a" : [ true, null, -2.5e1 ], "" : {} } "#)

        #expect(value == ["b": 1, "a": [true, .null, -25.0], "": [:]])
    }

    @Test func `of two members with one name the last is found`() throws {
        #expect(try parse(#"{"a":1,"a":2}"#)["a"] == 2)
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", .min),
    ])
    func `a number that fits 64 bits is an integer`(text: String, number: Int64) throws {
        #expect(try parse(text) == .integer(number))
    }

    @Test(arguments: [("9223372036854775808", 0x1p63), ("3.0", 3), ("1E2", 100), ("1.5e-1", 0.15)])
    func `any other number is a double`(text: String, number: Double) throws {
        #expect(try parse(text) == .double(number))
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e4\u20AC""#, "ä€"), (#""a\ud83d\ude00b""#, "a😀b"),
        (#""😀""#, "😀"),
    ])
    func `escapes stand for their characters`(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", "01", "-", "1.", "1e", "+1", ".5", "nul", "tru",
        "1 2", #""abc"#, "\"a\nb\"", #""\x""#, #""\ud83d""#, #""\ud83d\u0041""#, #""\udc00""#, #""\u12g4""#, "[1 2]",
        "// comment", "NaN",
    ])
    func `malformed text is refused`(text: String) {
        #expect(throws: FormatError.self) { try parse(text) }
    }

    @Test func `invalid UTF-8 is refused`() {
        #expect(throws: FormatError(offset: 3, reason: "Invalid UTF-8")) {
            try JSONParser.parse([0x22, 0xC3, 0x28, 0x22])
        }
    }

    @Test(arguments: [(64, true), (65, false)])
    func `nesting is bounded`(depth: Int, isAccepted: Bool) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)

        #expect(((try? parse(text)) != nil) == isAccepted)
    }

    @Test func `many members are found as fast as few`() throws {
        let names = (0..<1_000).map { "name\($0)" }
        let value = try parse("{" + names.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}")

        #expect(names.allSatisfy { value[$0] == .string($0) })
    }
}

struct JSONRendererTests {
    @Test func `members are written in their order and null ones left out`() {
        #expect(render(["b": 1, "n": .null, "a": [true, "x"], "e": [:]]) == #"{"b":1,"a":[true,"x"],"e":{}}"#)
    }

    @Test func `what would end or break a string is escaped`() {
        #expect(render("\"\\\n\r\t\u{1}/ä😀") == #""\"\\\n\r\t\u0001/ä😀""#)
    }

    @Test(arguments: [
        (WireValue.double(0.1), "0.1"), (.double(3), "3.0"), (.double(.nan), "\"NaN\""),
        (.double(-.infinity), "\"-Infinity\""), (.blob([0, 255, 16]), "\"AP8Q\""),
    ])
    func `scalars are written as AWS writes them`(value: WireValue, expected: String) {
        #expect(render(value) == expected)
    }

    @Test(
        arguments: [
            (1_767_571_200_000_000, "1767571200"), (1_767_571_200_250_000, "1767571200.25"), (1, "0.000001"),
            (1_767_571_200_000_010, "1767571200.00001"),
        ] as [(Int64, String)])
    func `a timestamp is seconds with as many decimals as it needs`(microseconds: Int64, expected: String) {
        #expect(render(.timestamp(Instant(microseconds: microseconds))) == expected)
    }
}
