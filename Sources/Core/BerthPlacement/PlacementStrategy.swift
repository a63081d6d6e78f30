package import BerthKernel

/// A preference among instances with room: best effort, never a reason not to place.
///
/// - AWS: ECS Developer Guide, *Use strategies to define Amazon ECS task placement*.
package enum PlacementStrategy: Hashable, Codable, Sendable {
    /// The value of the key with the fewest tasks of the same group.
    case spread(SpreadKey)
    /// The instance with the least of the resource left that still fits.
    case binpack(BinpackField)
    case random

    package enum SpreadKey: Hashable, Codable, Sendable {
        /// `instanceId`, or its alias `host`.
        case instance
        /// `attribute:NAME`.
        ///
        /// Instances without the attribute count as one value.
        case attribute(String)
    }

    package enum BinpackField: String, Codable, Sendable {
        case cpu, memory
    }

    /// What a service without strategies gets: even over zones, then over the instances of a zone.
    ///
    /// - AWS: ECS API Reference, *UpdateService*.
    package static let serviceDefault: [PlacementStrategy] = [.spread(.zone), .spread(.instance)]

    /// What RunTask without strategies gets.
    package static let taskDefault: [PlacementStrategy] = [.random]

    /// The strategy an API call names.
    ///
    /// Types are exact, fields are read without regard to case.
    package init(type: String, field: String?) throws(Refusal) {
        switch (type, field?.lowercased()) {
        case ("random", nil), ("random", ""): self = .random
        case ("binpack", "cpu"): self = .binpack(.cpu)
        case ("binpack", "memory"): self = .binpack(.memory)
        case ("spread", "instanceid"), ("spread", "host"): self = .spread(.instance)
        case ("spread", let name?) where name.hasPrefix("attribute:") && name.utf8.count > "attribute:".utf8.count:
            self = .spread(.attribute(String((field ?? "").dropFirst("attribute:".count))))
        default: throw .invalidStrategy(type: type, field: field)
        }
    }
}

extension PlacementStrategy.SpreadKey {
    package static let zone = Self.attribute("ecs.availability-zone")
}
