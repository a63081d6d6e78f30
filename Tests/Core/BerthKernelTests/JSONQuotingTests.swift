import BerthKernel
import Testing

struct JSONQuotingTests {
    @Test(arguments: [
        ("", #""""#), (#"say "hi""#, #""say \"hi\"""#), (#"a\b"#, #""a\\b""#), ("a/b", #""a/b""#),
        ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{20}\u{7F}é😀", "\"\u{20}\u{7F}é😀\""),
    ])
    func `quotes, backslashes and control characters are escaped, all else stands as it is`(
        text: String, literal: String
    ) {
        #expect(text.jsonQuoted == literal)
    }
}
