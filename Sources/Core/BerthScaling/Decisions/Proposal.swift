import BerthKernel

/// What one policy wants of a target, at an alarm's call.
struct Proposal: Hashable, Codable, Sendable {
    let policyARN: String
    let alarmName: String
    /// The alarm's state that called.
    let state: String
    let instant: Instant
    /// `nil`: an exact capacity, which goes wherever it lies.
    let intent: Direction?
    /// The count before and after the target's bounds.
    let computed: Int
    let count: Int
    /// The count it was computed from.
    let base: Int
    /// How the count came about, as a part of a sentence.
    let reasoning: String

    /// The cause of an activity, in AWS's words (C.9).
    func cause(policyName: String) -> String {
        "monitor alarm \(alarmName) in state \(state) triggered policy \(policyName)"
    }

    /// Where the proposal leads from a desired count, or `nil` when it leads nowhere.
    ///
    /// A policy that adds never takes away, however far the running count lags behind the desired one.
    func direction(from desired: Int) -> Direction? {
        if count == desired { return nil }
        let direction: Direction = count > desired ? .outward : .inward
        return intent == nil || intent == direction ? direction : nil
    }
}
