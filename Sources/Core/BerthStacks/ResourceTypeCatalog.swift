/// The resource types a world knows, given to ``Stacks`` by whoever provides them.
package struct ResourceTypeCatalog: Sendable {
    private let attributesByType: [String: [String]?]

    /// - Parameter types: each type with the attributes that `Fn::GetAtt` may ask for; `nil` for a type whose
    ///   attributes are not known beforehand.
    package init(_ types: [(name: String, attributes: [String]?)]) {
        attributesByType = Dictionary(types.map { ($0.name, $0.attributes) }, uniquingKeysWith: { $1 })
    }

    func contains(_ type: String) -> Bool {
        attributesByType[type] != nil
    }

    /// Whether a resource of this type may have such an attribute.
    func type(_ type: String, mayHave attribute: String) -> Bool {
        guard let known = attributesByType[type], let attributes = known else { return true }
        return attributes.contains(attribute)
    }
}
