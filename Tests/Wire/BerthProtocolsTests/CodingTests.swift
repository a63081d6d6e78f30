import BerthKernel
import OrderedCollections
import Testing

@testable import BerthProtocols

private struct Attribute: Codable, Hashable {
    var name: String
    var value: String?
}

private enum Kind: String, Codable {
    case fast = "FAST"
}

/// A shape with one member of every kind that AWS's models have.
private struct Shape: Codable, Hashable {
    var text: String
    var count: Int?
    var ratio: Double?
    var isOn: Bool?
    var at: Instant?
    var blob: [UInt8]?
    var names: [String]?
    var attributes: [Attribute]?
    var tags: OrderedDictionary<String, String>?
    var limits: [String: Int]?
    var kind: Kind?
    var anything: WireValue?
}

private struct FlatShape: Codable, Hashable {
    var names: [String]?
    var attributes: [String: String]?

    enum CodingKeys: String, QueryKey {
        case names = "AttributeNames"
        case attributes = "Attributes"

        var query: QueryName? {
            switch self {
            case .names: .flatList("AttributeName")
            case .attributes: .flatMap("Attribute", key: "Name", value: "Value")
            }
        }
    }
}

private let full = Shape(
    text: "t", count: 3, ratio: 0.5, isOn: true, at: .seconds(1_767_571_200), blob: [1, 2], names: ["b", "a"],
    attributes: [Attribute(name: "x")], tags: ["z": "1", "a": "2"], limits: ["m": 1, "k": 2], kind: .fast,
    anything: ["deep": [1]])

struct TypedCodingTests {
    @Test func `every kind of member is written in the wire's own form`() throws {
        #expect(
            try WireEncoder().encode(full) == [
                "text": "t", "count": 3, "ratio": 0.5, "isOn": true, "at": .timestamp(.seconds(1_767_571_200)),
                "blob": .blob([1, 2]), "names": ["b", "a"], "attributes": [["name": "x"]],
                "tags": ["z": "1", "a": "2"], "limits": ["k": 2, "m": 1], "kind": "FAST", "anything": ["deep": [1]],
            ])
    }

    @Test func `what was written is read again, through JSON and through CBOR`() throws {
        let value = try WireEncoder().encode(full)

        #expect(try WireDecoder().decode(Shape.self, from: JSONParser.parse(JSONRenderer.render(value))) == full)
        #expect(try WireDecoder().decode(Shape.self, from: CBORParser.parse(CBORRenderer.render(value))) == full)
    }

    @Test func `a null member is an absent one`() throws {
        #expect(try WireDecoder().decode(Shape.self, from: ["text": "t", "count": .null]) == Shape(text: "t"))
    }

    @Test func `a whole double is an integer and an integer a double`() throws {
        let shape = try WireDecoder().decode(Shape.self, from: ["text": "t", "count": 3.0, "ratio": 2])

        #expect(shape == Shape(text: "t", count: 3, ratio: 2))
    }

    @Test(
        arguments: [
            (["text": 1], "NUMBER_VALUE can not be converted to a String"),
            (["text": "t", "count": "3"], "STRING_VALUE can not be converted to an Integer"),
            (["text": "t", "isOn": "true"], "STRING_VALUE can not be converted to a Boolean"),
            (["text": "t", "names": "a"], "STRING_VALUE can not be converted to a List"),
            (["text": "t", "count": 2.5], "2.5 is out of range for count"),
            (["text": "t", "kind": "SLOW"], "SLOW is not a valid value for kind"),
            (["text": "t", "blob": "?"], "? is not a valid value for blob"),
            (["text": "t", "at": "soon"], "soon is not a valid value for at"),
            (["text": "t", "attributes": [["value": "v"]]], "attributes.0.name is missing"),
            (["count": 1], "text is missing"),
        ] as [(WireValue, String)])
    func `a value of another kind is refused with its place`(value: WireValue, message: String) {
        let error = #expect(throws: WireDecodingError.self) { try WireDecoder().decode(Shape.self, from: value) }

        #expect(error?.description == message)
    }

    @Test(
        arguments: [
            ("2026-01-05T00:00:00Z", 0), ("2026-01-05T00:00:00.250Z", 250), ("2026-01-05T01:00:00+01:00", 0),
        ] as [(String, Int64)])
    func `times may be text`(text: String, milliseconds: Int64) throws {
        let shape = try WireDecoder().decode(Shape.self, from: ["text": "t", "at": .string(text)])

        #expect(shape.at?.millisecondsSinceEpoch == 1_767_571_200_000 + milliseconds)
    }
}

struct QueryCodingTests {
    private func decode<Value: Decodable>(_ type: Value.Type, _ form: String) throws -> Value {
        try WireDecoder(form: .query).decode(type, from: FormParser.parse(Array(form.utf8)))
    }

    @Test func `text is read as what the member needs`() throws {
        let shape = try decode(
            Shape.self, "text=1&count=3&ratio=0.5&isOn=true&at=2026-01-05T00:00:00Z&blob=AQI%3D&kind=FAST")

        #expect(
            shape
                == Shape(
                    text: "1", count: 3, ratio: 0.5, isOn: true, at: .seconds(1_767_571_200), blob: [1, 2], kind: .fast)
        )
    }

    @Test func `lists are numbered, and ten comes after nine`() throws {
        let form = (1...11).map { "names.member.\($0)=n\($0)" }.sorted().joined(separator: "&")

        #expect(try decode(Shape.self, "text=t&\(form)").names == (1...11).map { "n\($0)" })
    }

    @Test(arguments: ["text=t&names=&attributes=&tags=", "text=t&names.member=&attributes=&tags="])
    func `an empty text is an empty list or map`(form: String) throws {
        #expect(try decode(Shape.self, form) == Shape(text: "t", names: [], attributes: [], tags: [:]))
    }

    @Test func `structures and maps stand in lists`() throws {
        let shape = try decode(
            Shape.self,
            "text=t&attributes.member.1.name=x&attributes.member.2.name=y&attributes.member.2.value=v"
                + "&tags.entry.1.key=k&tags.entry.1.value=v")

        #expect(shape.attributes == [Attribute(name: "x"), Attribute(name: "y", value: "v")])
        #expect(shape.tags == ["k": "v"])
    }

    @Test func `flat lists and maps have names of their own`() throws {
        let form = "AttributeName.1=All&AttributeName.2=None&Attribute.1.Name=a&Attribute.1.Value=1"
        let shape = FlatShape(names: ["All", "None"], attributes: ["a": "1"])

        #expect(try decode(FlatShape.self, form) == shape)
        #expect(
            try WireEncoder(form: .query).encode(shape) == [
                "AttributeName": "All", "AttributeName": "None", "Attribute": ["Name": "a", "Value": "1"],
            ])
        #expect(
            try WireEncoder().encode(shape) == ["AttributeNames": ["All", "None"], "Attributes": ["a": "1"]])
    }

    @Test(arguments: [("text=t&count=x", "x is not a valid value for count"), ("count=1", "text is missing")])
    func `text that does not fit is refused`(form: String, message: String) {
        let error = #expect(throws: WireDecodingError.self) { try decode(Shape.self, form) }

        #expect(error?.description == message)
    }
}
