/// How a member is called, and how its list or map is laid out, in the query protocols.
///
/// JSON and CBOR use the member's own name (the coding key's `stringValue`). The query protocols of some
/// services use another one, because their models were written for XML: SQS's `AttributeNames` is sent as
/// `AttributeName.1`, and its `Attributes` as `Attribute.1.Name` and `Attribute.1.Value`.
package struct QueryName: Hashable, Sendable {
    package enum Layout: Hashable, Sendable {
        /// The protocol's usual form: `Names.member.1`, `<Names><member>…`.
        case usual
        /// A list without the element around it: `Name.1`, `<Name>…</Name><Name>…</Name>`.
        case flatList
        /// A map without the element around it, an entry an element: `Attribute.1.Name`, `Attribute.1.Value`.
        case flatMap(key: String, value: String)
    }

    /// The name in requests.
    package let input: String
    /// The name of the element in answers.
    package let output: String
    package let layout: Layout

    package init(_ input: String, output: String? = nil, layout: Layout = .usual) {
        self.input = input
        self.output = output ?? input
        self.layout = layout
    }

    /// Elements `Name.1`, `Name.2` without a level for the list itself.
    package static func flatList(_ name: String) -> QueryName {
        QueryName(name, layout: .flatList)
    }

    /// Entries `Name.1.key` and `Name.1.value` without a level for the map itself: `Attribute.1.Name`.
    package static func flatMap(_ name: String, key: String, value: String) -> QueryName {
        QueryName(name, layout: .flatMap(key: key, value: value))
    }
}

/// Coding keys of a shape with members that the query protocols name or lay out differently.
///
///     enum CodingKeys: String, QueryKey {
///         case queueURL = "QueueUrl"
///         case attributes = "Attributes"
///
///         var query: QueryName? {
///             self == .attributes ? .flatMap("Attribute", key: "Name", value: "Value") : nil
///         }
///     }
package protocol QueryKey: CodingKey {
    /// `nil` for a member that is called and laid out as usual.
    var query: QueryName? { get }
}
