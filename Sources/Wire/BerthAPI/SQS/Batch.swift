import BerthKernel
import BerthProtocols
import BerthQueues

/// What became of one entry of a batch that failed; the others are not held up by it.
struct BatchFailure: Encodable, Sendable {
    let Id: String
    let SenderFault: Bool
    let Code: String
    let Message: String

    init(_ id: String, _ refusal: Refusal) {
        let error = ErrorCatalogue.error(for: refusal, of: .sqs)
        Id = id
        SenderFault = true
        Code = error.queryCode
        Message = refusal.message
    }
}

/// The answer of a batch operation.
///
/// AWS leaves an empty list out.
struct BatchOutput<Operation: APIOperation, Success: Encodable & Sendable>: Encodable, Sendable {
    let Successful: [Success]?
    let Failed: [BatchFailure]?

    private enum CodingKeys: QueryKey {
        case Successful, Failed

        var query: QueryName? {
            switch self {
            case .Successful: .flatList("\(Operation.name)ResultEntry")
            case .Failed: .flatList("BatchResultErrorEntry")
            }
        }
    }

    init(_ successes: [Success], _ failures: [BatchFailure]) {
        Successful = successes.isEmpty ? nil : successes
        Failed = failures.isEmpty ? nil : failures
    }
}

/// The success of an entry whose operation has nothing to tell.
struct BatchSuccess: Encodable, Sendable {
    let Id: String
}

extension BatchOutput where Success == BatchSuccess {
    /// The answer for entries named `ids`, each with its own result.
    init(ids: [String], _ results: [Result<Void, Refusal>]) {
        var successes: [BatchSuccess] = []
        var failures: [BatchFailure] = []
        for (id, result) in zip(ids, results) {
            switch result {
            case .success: successes.append(BatchSuccess(Id: id))
            case .failure(let refusal): failures.append(BatchFailure(id, refusal))
            }
        }
        self.init(successes, failures)
    }
}
