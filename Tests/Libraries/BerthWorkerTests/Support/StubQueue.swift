import BerthProtocols
import HTTPTypes
import Synchronization

@testable import BerthWorker

/// A queue behind a transport that needs no network: it hands out what a test put in and writes down every call.
///
/// A poll that finds nothing waits, as long polls do, until a message is put in, the test ends the poll, or the
/// caller is cancelled.
final class StubQueue: HTTPTransport {
    private struct State {
        var messages: [String] = []
        var calls: [Call] = []
        var requests: [HTTPRequest] = []
        var failures: [HTTPAnswer] = []
        var polls: [Int: CheckedContinuation<HTTPAnswer, any Error>] = [:]
        var cancelled: Set<Int> = []
        var nextPoll = 0
        var received = 0
        var answersEmptyPolls = false
    }

    /// One call in the words of a test: what was asked, about which message, with which number.
    struct Call: Hashable, CustomStringConvertible {
        var operation: String
        var handle: String?
        var number: Int64?

        var description: String {
            [operation, handle, number.map { "\($0)" }].compactMap(\.self).joined(separator: " ")
        }
    }

    private let state = Mutex(State())

    /// Every call in order, as text.
    var calls: [String] { state.withLock { $0.calls.map(\.description) } }
    var requests: [HTTPRequest] { state.withLock(\.requests) }

    func calls(_ operation: String) -> [String] { calls.filter { $0.hasPrefix(operation) } }

    /// Puts messages in, which a waiting poll gets.
    func put(_ bodies: String...) {
        let poll = state.withLock { state in
            state.messages += bodies
            return state.polls.popFirst()?.value
        }
        poll?.resume(returning: take(limit: 10))
    }

    /// Every poll that finds nothing ends at once from now on, and the one that waits too.
    func answerEmptyPolls() {
        let polls = state.withLock { state in
            state.answersEmptyPolls = true
            defer { state.polls = [:] }
            return state.polls.map(\.value)
        }
        for poll in polls { poll.resume(returning: HTTPAnswer(status: 200, body: Array("{}".utf8))) }
    }

    /// The next calls to the queue fail, one with each of these.
    func fail(_ failures: HTTPAnswer...) {
        state.withLock { $0.failures += failures }
    }

    func send(_ request: HTTPRequest, body: [UInt8], timeout: Duration) async throws -> HTTPAnswer {
        let input = try JSONParser.parse(body.isEmpty ? Array("{}".utf8) : body)
        let operation = request.headerFields[.amzTarget].map { String($0.drop { $0 != "." }.dropFirst()) }
        let failure = state.withLock { state in
            state.requests.append(request)
            state.calls.append(Call(operation ?? request.method.rawValue, input))
            return operation == nil || state.failures.isEmpty ? nil : state.failures.removeFirst()
        }
        if let failure { return failure }
        guard operation == "ReceiveMessage", case .integer(let limit) = input["MaxNumberOfMessages"] else {
            return HTTPAnswer(status: 200, body: Array("{}".utf8))
        }
        let isWaiting = state.withLock { $0.messages.isEmpty && !$0.answersEmptyPolls }
        return isWaiting ? try await poll() : take(limit: Int(limit))
    }

    private func poll() async throws -> HTTPAnswer {
        let id = state.withLock { state in
            state.nextPoll += 1
            return state.nextPoll
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(id) { return true }
                    state.polls[id] = continuation
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let poll = state.withLock { state in
                state.cancelled.insert(id)
                return state.polls.removeValue(forKey: id)
            }
            poll?.resume(throwing: CancellationError())
        }
    }

    private func take(limit: Int) -> HTTPAnswer {
        let messages = state.withLock { state in
            let taken = state.messages.prefix(limit)
            state.messages.removeFirst(taken.count)
            return taken.map { body -> WireValue in
                state.received += 1
                return [
                    "MessageId": .string("id-\(state.received)"), "ReceiptHandle": .string(body), "Body": .string(body),
                    "Attributes": ["ApproximateReceiveCount": "1"],
                ]
            }
        }
        let output: WireValue = messages.isEmpty ? [:] : ["Messages": .list(messages)]
        return HTTPAnswer(status: 200, body: JSONRenderer.render(output))
    }
}

extension StubQueue.Call {
    fileprivate init(_ operation: String, _ input: WireValue) {
        self.init(operation: operation, handle: input["ReceiptHandle"]?.text)
        let number = input[operation == "ReceiveMessage" ? "MaxNumberOfMessages" : "VisibilityTimeout"]
        if case .integer(let integer) = number { self.number = integer }
        if case .bool(let isProtected) = input["ProtectionEnabled"] { handle = isProtected ? "protect" : "release" }
    }
}

extension HTTPAnswer {
    static func error(_ status: Int, _ type: String, _ message: String = "") -> HTTPAnswer {
        HTTPAnswer(
            status: status, body: JSONRenderer.render(["__type": .string(type), "message": .string(message)]))
    }
}
