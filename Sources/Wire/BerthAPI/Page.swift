import BerthKernel

/// A page of a list.
///
/// The token is the key of the last element of the page before.
///
/// Keys stay with their elements, so a list that changes between two pages is neither shown twice nor cut.
struct Page<Element> {
    let elements: [Element]
    let nextToken: String?

    /// The page behind `token`, or `invalid` when nothing in the list has the token for its key.
    init(
        _ all: [Element], after token: String?, limit: Int, invalid: @autoclosure () -> Refusal,
        key: (Element) -> String
    ) throws(Refusal) {
        var start = 0
        if let token {
            guard let index = all.firstIndex(where: { key($0) == token }) else { throw invalid() }
            start = index + 1
        }
        elements = Array(all[start...].prefix(max(limit, 1)))
        nextToken = start + elements.count < all.count ? elements.last.map(key) : nil
    }
}
