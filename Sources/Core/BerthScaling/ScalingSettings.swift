/// What the reference marks as uncertain about Application Auto Scaling, with our defaults.
package struct ScalingSettings: Hashable, Codable, Sendable {
    /// AWS time after which a change the service has not reached counts as Unfulfilled (C.9, our number).
    ///
    /// Until then the change counts like a cooldown (C.5 rule 6).
    package var fulfilmentTimeout: Duration

    package init(fulfilmentTimeout: Duration = .seconds(600)) {
        self.fulfilmentTimeout = fulfilmentTimeout
    }
}
