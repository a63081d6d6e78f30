import Testing

@testable import BerthProtocols

private func parse(_ text: String) throws -> WireValue {
    try FormParser.parse(Array(text.utf8))
}

struct FormParserTests {
    @Test func `dots in a name lead to a level below`() throws {
        let value = try parse("Action=CreateStack&Tags.member.1.Key=a&Tags.member.1.Value=b%20c+d&Tags.member.2.Key=e")

        #expect(
            value == [
                "Action": "CreateStack",
                "Tags": ["member": ["1": ["Key": "a", "Value": "b c d"], "2": ["Key": "e"]]],
            ])
    }

    @Test func `a name without value is an empty text`() throws {
        #expect(try parse("Tags=&Next&&A=b=c") == ["Tags": "", "Next": "", "A": "b=c"])
    }

    @Test func `no parameters are an empty structure`() throws {
        #expect(try parse("") == .empty)
    }

    @Test func `escapes are bytes of UTF-8`() throws {
        #expect(try parse("%C3%A4=%F0%9F%98%80") == ["ä": "😀"])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%C3%28"])
    func `a broken escape is refused`(text: String) {
        #expect(throws: FormatError(offset: 0, reason: "Invalid percent encoding")) { try parse(text) }
    }

    @Test func `a later value of one name replaces the earlier`() throws {
        #expect(try parse("A=1&A=2") == ["A": "2"])
    }
}
