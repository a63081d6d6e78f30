import BerthKernel

/// A page of a list of queues.
///
/// AWS hands out a token only to callers that limit the page (reference, A.3).
struct QueuePage {
    let names: [String]
    let nextToken: String?

    init(_ all: [String], token: String?, limit: Int?) throws(Refusal) {
        if let limit, !(1...1_000).contains(limit) {
            throw Refusal(
                code: "InvalidParameterValueException",
                message: "Value \(limit) for parameter MaxResults is invalid. "
                    + "Reason: MaxResults must be an integer between 1 and 1000.")
        }
        let rest = token.map { last in all.filter { $0 > last } } ?? all
        names = Array(rest.sorted().prefix(limit ?? 1_000))
        nextToken = limit != nil && names.count < rest.count ? names.last : nil
    }
}
