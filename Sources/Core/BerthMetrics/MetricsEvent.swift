package import BerthKernel

/// What metrics tell the rest of the world.
package enum MetricsEvent: Hashable, Codable, Sendable {
    case transitioned(alarm: String, from: AlarmState, to: AlarmState)
    /// An action of an alarm runs. Auto Scaling actions run again each minute while the state lasts (B.7).
    case invoked(action: String, AlarmTrigger)
    case decided(Decision)
}
