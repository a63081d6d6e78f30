import BerthKernel
import BerthTemplateFormats
import BerthTemplates
import OrderedCollections
import Testing

struct JSONTests {
    @Test func `JSON keeps order, digits and escapes`() throws {
        let document = try TemplateDocument(
            #" {"b": [1, 2.50, -1e3, true, null], "a": "q\"\\\/\n\u00e9\ud83d\ude00", "c": {}, "d": []}"#)
        #expect(
            document.value == [
                "b": [1, .number("2.50"), .number("-1e3"), true, .null], "a": "q\"\\/\né😀", "c": [:], "d": [],
            ])
    }

    @Test func `dates and yes are what they look like`() throws {
        let document = try TemplateDocument(#"{"Version": "2012-10-17", "x": "yes"}"#)
        #expect(document.value == ["Version": "2012-10-17", "x": "yes"])
    }

    @Test(arguments: [
        (#"{"a": 1,"#, "line 1, column 9"), ("{\n  \"a\" 1}", "line 2, column 7"),
        (#"{"a": nope}"#, "line 1, column 7"),
        (#"{"a": "x}"#, "line 1, column 10"), (#"{"a": 1} x"#, "line 1, column 10"), ("{\"é\": }", "line 1, column 7"),
        (#"{"a": [1 2]}"#, "line 1, column 10"), (#"{"a": "\x"}"#, "line 1, column 9"),
        (#"{"x": {"Fn::Twist": 1}}"#, "line 1, column 8"),
    ])
    func `what is no JSON is refused with line and column`(text: String, position: String) throws {
        let error = try #require(throws: TemplateTextError.self) { try TemplateDocument(text) }
        #expect(error.position.description == position)
    }

    @Test func `the text of the refusal is AWS's`() throws {
        let error = try #require(throws: TemplateTextError.self) { try TemplateDocument(#"{"Resources": {"A": {,}}}"#) }
        #expect(error.refusal.message == "Template format error: JSON not well-formed. (line 1, column 22)")
    }

    @Test func `nesting without end is refused, not followed`() throws {
        let text = "{\"a\": " + String(repeating: "[", count: 100_000)
        let error = try #require(throws: TemplateTextError.self) { try TemplateDocument(text) }
        #expect(error.detail == "nested deeper than 200 levels")
    }
}
