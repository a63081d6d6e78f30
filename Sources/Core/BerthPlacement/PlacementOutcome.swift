package import BerthKernel

/// Where a task goes, or why it goes nowhere.
package struct PlacementOutcome: Hashable, Codable, Sendable {
    /// Index of the chosen instance in the snapshots handed in.
    package var chosen: Int?
    /// Why each of the other instances was out of the question, in the order of the snapshots.
    package var verdicts: [Verdict]
    /// The rejection that came closest to a placement; `nil` when something was chosen or nothing was there.
    ///
    /// AWS names a closest instance in its service events without saying how it finds one. Ours is the
    /// instance that got furthest through the filters, and among those the one that lacks the smallest part
    /// of what the task needs.
    package var closest: Verdict?

    package struct Verdict: Hashable, Codable, Sendable {
        package let instance: ContainerInstanceID
        package let reason: PlacementRejection

        package init(instance: ContainerInstanceID, reason: PlacementRejection) {
            self.instance = instance
            self.reason = reason
        }
    }

    package init(chosen: Int? = nil, verdicts: [Verdict] = [], closest: Verdict? = nil) {
        self.chosen = chosen
        self.verdicts = verdicts
        self.closest = closest
    }
}
