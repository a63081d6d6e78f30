// A list that is absent and one that is empty mean the same in most requests; answers keep them apart.

extension Optional where Wrapped: Collection {
    var orEmpty: [Wrapped.Element] {
        guard let self else { return [] }
        return Array(self)
    }
}

extension Array {
    /// `nil` for a list that AWS leaves out when it is empty.
    var nonEmpty: [Element]? { isEmpty ? nil : self }
}
