import BerthKernel
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct ResourcePropertiesTests {
    let properties = ResourceProperties(
        [
            "Text": "worker", "Digits": "10", "Number": 1024, "Float": .number("4.0"), "Half": .number("0.5"),
            "True": "true", "No": false,
            "One": "alone", "Many": ["a", 2], "Inner": ["Status": "ENABLED"], "Steps": [["Lower": 0], ["Lower": "10"]],
        ], of: "Group")

    @Test func `scalars are converted to what the property is`() throws {
        #expect(try properties.string("Number") == "1024")
        #expect(try properties.int("Digits") == 10)
        #expect(try properties.int("Number") == 1024)
        #expect(try properties.int("Float") == 4)
        #expect(try properties.double("Half") == 0.5)
        #expect(try properties.bool("True") == true)
        #expect(try properties.bool("No") == false)
        #expect(try properties.string("Absent") == nil)
    }

    @Test func `a single value counts as a list of one`() throws {
        #expect(try properties.strings("One") == ["alone"])
        #expect(try properties.strings("Many") == ["a", "2"])
        #expect(try properties.maps("Steps")?.map { try $0.int("Lower") } == [0, 10])
        #expect(try properties.texts("Inner") == ["Status": "ENABLED"])
    }

    @Test func `a value of the wrong kind is refused with its path`() throws {
        let inner = try #require(try properties.map("Inner"))
        #expect(
            refusal { () throws(Refusal) in _ = try inner.int("Status") }
                == "Properties validation failed for resource Group with message:\n"
                + "#/Inner/Status: expected type: Integer, found: String")
        #expect(
            refusal { () throws(Refusal) in _ = try properties.map("Text") }
                == "Properties validation failed for resource Group with message:\n"
                + "#/Text: expected type: JSONObject, found: String")
        #expect(
            refusal { () throws(Refusal) in _ = try properties.required("Name", try properties.string("Name")) }
                == "Properties validation failed for resource Group with message:\n"
                + "#: required key [Name] not found")
    }

    @Test func `public images are resolved inside strings, secrets are refused`() throws {
        let value: TemplateValue = ["a": ["{{resolve:ssm:/aws/service/bottlerocket/x/image_id}}", 1]]
        let resolved = try value.resolvingDynamicReferences()
        #expect(resolved["a"]?.elements?[0].text?.hasPrefix("ami-0") == true)
        #expect(
            refusal { () throws(Refusal) in
                _ = try TemplateValue.string("{{resolve:secretsmanager:x}}").resolvingDynamicReferences()
            } == "Template error: The dynamic reference {{resolve:secretsmanager:x}} is not supported by this "
                + "version of Berth.")
    }

    @Test func `JSON text keeps the order and escapes what it must`() {
        let value: TemplateValue = ["b": [1, true, .null], "a": "say \"hi\"\n\u{1}"]
        #expect(value.jsonText == #"{"b":[1,true,null],"a":"say \"hi\"\n\u0001"}"#)
    }
}
