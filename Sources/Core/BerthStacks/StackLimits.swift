/// CloudFormation's numbers for stacks.
///
/// - AWS: CloudFormation User Guide, *Understand CloudFormation quotas* (reference, cloudformation.md 8).
package enum StackLimits {
    package static let nameLength = 128
    package static let stacks = 2_000
    /// How long a service may take to reach its steady state before its creation fails (reference, 4).
    package static let stabilization = Duration.seconds(3 * 3_600)
    package static let tags = 50
}

/// What the reference leaves open about stacks, and what belongs to the world they are in.
package struct StackSettings: Hashable, Codable, Sendable {
    /// The availability zones that `Fn::GetAZs` gives, by their letters.
    package var zoneLetters = ["a", "b", "c"]
    /// How many deleted stacks can still be described by ARN.
    ///
    /// AWS keeps them for 90 days, however many.
    package var deletedStacksKept = 100

    package init() {}
}
