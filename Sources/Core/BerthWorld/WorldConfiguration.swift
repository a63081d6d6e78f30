package import BerthKernel

/// What is fixed when a world begins.
package struct WorldConfiguration: Hashable, Codable, Sendable {
    package var tenancy: Tenancy
    package var pace: Pace
    /// Every random choice follows from it: equal seeds and equal commands give equal worlds.
    package var seed: UInt64
    package var startedAt: Instant

    package init(
        tenancy: Tenancy = Tenancy(account: "000000000000", region: "us-east-1"), pace: Pace = Pace(factor: 60),
        seed: UInt64 = 1, startedAt: Instant
    ) {
        self.tenancy = tenancy
        self.pace = pace
        self.seed = seed
        self.startedAt = startedAt
    }
}
