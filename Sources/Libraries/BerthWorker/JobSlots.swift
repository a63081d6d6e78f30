import Synchronization

/// Lets at most so many jobs run at the same time, in the order in which they came.
///
/// A lock and not an actor, because closing must be possible from a cancellation handler, which cannot wait.
final class JobSlots: Sendable {
    private struct State {
        var free: Int
        /// Jobs that are running or waiting.
        var jobs = 0
        var isClosed = false
        var waiting: [CheckedContinuation<Bool, Never>] = []
        /// The poll loop, waiting for a job to end.
        var poller: CheckedContinuation<Int, Never>?
    }

    private let count: Int
    private let state: Mutex<State>

    init(count: Int) {
        self.count = count
        state = Mutex(State(free: count))
    }

    /// Whether no job is running or waiting for its turn.
    var isIdle: Bool { state.withLock { $0.jobs == 0 } }

    /// Waits until a job could start at once, and says how many could; 0 means that none will any more.
    ///
    /// For one caller only: the loop that ``announce(_:)``s jobs.
    func vacancies() async -> Int {
        await withCheckedContinuation { continuation in
            let vacancies: Int? = state.withLock { state in
                if state.isClosed { return 0 }
                if state.jobs < count { return count - state.jobs }
                state.poller = continuation
                return nil
            }
            if let vacancies { continuation.resume(returning: vacancies) }
        }
    }

    /// Counts jobs that have been accepted, each of which must come to its ``finish()``.
    func announce(_ jobs: Int) {
        state.withLock { $0.jobs += jobs }
    }

    /// Waits for a slot; `false` means that there will be none any more.
    func enter() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if state.isClosed { return false }
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return nil
                }
                state.free -= 1
                return true
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Hands the slot of a job that ran to the one that has waited longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume(returning: true)
    }

    /// Says that an announced job is over, whether it ran or was turned away.
    func finish() {
        let (poller, vacancies) = state.withLock { state in
            state.jobs -= 1
            guard state.jobs < count else { return (nil as CheckedContinuation<Int, Never>?, 0) }
            defer { state.poller = nil }
            return (state.poller, count - state.jobs)
        }
        poller?.resume(returning: vacancies)
    }

    /// Turns every waiting job away, and every later one, while running jobs keep their slots.
    func close() {
        let (waiting, poller) = state.withLock { state in
            state.isClosed = true
            defer { (state.waiting, state.poller) = ([], nil) }
            return (state.waiting, state.poller)
        }
        for continuation in waiting { continuation.resume(returning: false) }
        poller?.resume(returning: 0)
    }
}
