import BerthKernel
import BerthQueues

/// What may happen to messages: each is delivered only while it exists and is visible, and is released once.
struct MessageModel {
    struct Message {
        var queue: String
        var hiddenUntil: Instant = .epoch
        /// Was deleted.
        var isDoomed = false
        /// Its queue was purged or deleted; it may have left that for the dead-letter queue before.
        var mayEnd = false
    }

    /// Messages whose bodies are still needed, by payload number.
    ///
    /// Looked up, never iterated for decisions.
    private(set) var live: [UInt64: Message] = [:]
    /// Queues that a stack is taking down: nobody here knows when.
    private var vanishing: Set<String> = []
    private var waiters: [UInt64: Int] = [:]
    /// Handles that were given out, newest last.
    private(set) var handles: [(number: UInt64, queue: String, handle: String)] = []
    private var violations: [String] = []

    /// The body of a message that will be refused is released at once.
    mutating func sent(_ number: UInt64, to queue: String, willBeRefused: Bool) {
        live[number] = Message(queue: queue, mayEnd: willBeRefused || vanishing.contains(queue))
    }

    /// A send that was refused, or answered with a refusal.
    mutating func unsent(_ number: UInt64) {
        live[number] = nil
    }

    mutating func expectAnswer(to waiter: UInt64, visibility: Int) {
        waiters[waiter] = visibility
    }

    mutating func answer(_ waiter: UInt64, _ received: [ReceivedMessage], at now: Instant) {
        guard let visibility = waiters.removeValue(forKey: waiter) else {
            violations.append("waiter \(waiter) was answered twice or never waited")
            return
        }
        delivered(received, visibility: visibility, at: now)
    }

    mutating func cancel(_ waiter: UInt64) {
        waiters[waiter] = nil
    }

    mutating func delivered(_ received: [ReceivedMessage], visibility: Int, at now: Instant) {
        for message in received {
            let number = message.payload.segment
            guard let known = live[number] else {
                violations.append("message \(number) was delivered after its end")
                continue
            }
            if known.isDoomed { violations.append("message \(number) was delivered after its deletion") }
            if known.hiddenUntil > now { violations.append("message \(number) was delivered while it was hidden") }
            live[number]?.hiddenUntil = now + .seconds(visibility)
            handles.append((number, known.queue, message.receiptHandle))
        }
    }

    mutating func hidden(_ number: UInt64, until instant: Instant) {
        live[number]?.hiddenUntil = instant
    }

    mutating func doom(_ number: UInt64) {
        live[number]?.isDoomed = true
    }

    /// The queue is about to be emptied; of the dead-letter queue nobody knows where its messages came from.
    mutating func letGo(in queue: String, orAnywhere anywhere: Bool, fromNowOn: Bool = false) {
        if fromNowOn { vanishing.insert(queue) }
        for number in live.keys where anywhere || live[number]?.queue == queue { live[number]?.mayEnd = true }
    }

    mutating func release(_ payloads: [PayloadRef]) {
        for payload in payloads {
            guard let message = live.removeValue(forKey: payload.segment) else {
                violations.append("the body of message \(payload.segment) was released twice")
                continue
            }
            if !message.isDoomed && !message.mayEnd { violations.append("message \(payload.segment) was lost") }
        }
    }

    /// What went wrong since this was last asked; `stored` is how many messages the queues say they hold.
    mutating func takeViolations(stored: Int) -> [String] {
        defer { violations = [] }
        guard live.count != stored else { return violations }
        return violations + ["\(stored) messages are stored and \(live.count) are not released"]
    }
}
