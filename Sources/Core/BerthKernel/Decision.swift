/// Something the world decided, and why, in one sentence with the numbers it used.
///
/// The same sentence is shown by the CLI, the dashboard, simulation reports and tests.
public struct Decision: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case alarm, scaling, service, task, placement, capacity, instance, stack, queue
    }

    public let instant: Instant
    public let kind: Kind
    /// What was decided about: a service, task, alarm or group by its shortest unambiguous name.
    public let subject: String
    /// The whole sentence, ending in a full stop.
    public let sentence: String

    public init(instant: Instant, kind: Kind, subject: String, sentence: String) {
        self.instant = instant
        self.kind = kind
        self.subject = subject
        self.sentence = sentence
    }
}
