package import BerthKernel

/// What PutScheduledAction asks for.
package struct ScheduledActionSpecification: Hashable, Codable, Sendable {
    package var name: String
    package var key: TargetKey
    /// `at(…)`, `rate(…)` or `cron(…)`; may be left out when changing an action.
    package var schedule: String?
    /// IANA name; UTC unless given.
    package var timezone: String?
    package var start: Instant?
    package var end: Instant?
    package var minimum: Int?
    package var maximum: Int?

    package init(
        name: String, key: TargetKey, schedule: String?, timezone: String? = nil, start: Instant? = nil,
        end: Instant? = nil, minimum: Int? = nil, maximum: Int? = nil
    ) {
        self.name = name
        self.key = key
        self.schedule = schedule
        self.timezone = timezone
        self.start = start
        self.end = end
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// An action that changes a target's bounds at set times, and with them its count.
package struct ScheduledAction: Hashable, Codable, Sendable {
    package let name: String
    package let key: TargetKey
    package internal(set) var arn: String
    package let createdAt: Instant
    /// As the user wrote it.
    package internal(set) var expression: String
    package internal(set) var timezone: String?
    package internal(set) var start: Instant?
    package internal(set) var end: Instant?
    package internal(set) var minimum: Int?
    package internal(set) var maximum: Int?
    /// When it fires next, or `nil` when it has fired for the last time.
    package internal(set) var next: Instant?
}
