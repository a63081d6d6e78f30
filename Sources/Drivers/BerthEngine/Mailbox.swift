import BerthKernel
import Foundation

/// What callers have asked of the loop, in the order of arrival.
///
/// Blocking on purpose: its reader is a thread of its own that also waits for the disk.
/// `@unchecked`: everything mutable is read and written under the condition's lock.
final class Mailbox: @unchecked Sendable {
    private let capacity: Int
    private let condition = NSCondition()
    private var waiting: [any Submission] = []
    private var isClosed = false
    private var readerSleeps = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Leaves a submission for the loop, or fails it at once when the mailbox is full or closed.
    func post(_ submission: any Submission) {
        post(submission, limit: capacity)
    }

    /// Leaves a submission however full the mailbox is: for what is bounded elsewhere and must not be lost.
    func postAlways(_ submission: any Submission) {
        post(submission, limit: .max)
    }

    private func post(_ submission: any Submission, limit: Int) {
        condition.lock()
        let refusal: EngineError? = isClosed ? .stopped : waiting.count >= limit ? .overloaded : nil
        if refusal == nil {
            waiting.append(submission)
            if readerSleeps {
                readerSleeps = false
                condition.signal()
            }
        }
        condition.unlock()
        if let refusal { submission.fail(refusal) }
    }

    /// How many submissions nobody has taken yet.
    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return waiting.count
    }

    /// Refuses whatever comes from now on; what is here already is still taken.
    func close() {
        condition.lock()
        isClosed = true
        readerSleeps = false
        condition.signal()
        condition.unlock()
    }

    /// Everything that waits, after sleeping until there is something or `timeout` has passed.
    ///
    /// `nil` means closed and empty: nothing will ever come again.
    func take(timeout: Duration?) -> [any Submission]? {
        condition.lock()
        defer { condition.unlock() }
        let limit = timeout.map { Date(timeIntervalSinceNow: $0.inSeconds) }
        while waiting.isEmpty, !isClosed {
            readerSleeps = true
            guard let limit else {
                condition.wait()
                continue
            }
            if !condition.wait(until: limit) { break }
        }
        readerSleeps = false
        if waiting.isEmpty, isClosed { return nil }
        var taken: [any Submission] = []
        swap(&taken, &waiting)
        return taken
    }
}
