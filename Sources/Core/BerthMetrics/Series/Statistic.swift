/// A number that stands for all values of a bucket.
package enum Statistic: Hashable, Sendable {
    case sampleCount, average, sum, minimum, maximum
    /// From 0 to 100.
    case percentile(Double)

    /// Reads AWS's spelling: `Average`, `SampleCount`, … or `p99.9`; `nil` for anything else.
    ///
    /// The trimmed and winsorized kinds (`tm`, `tc`, `ts`, `wm`, `pr`, `iqm`) are not modelled.
    package init?(_ text: String) {
        switch text {
        case "SampleCount": self = .sampleCount
        case "Average": self = .average
        case "Sum": self = .sum
        case "Minimum": self = .minimum
        case "Maximum": self = .maximum
        default:
            guard text.hasPrefix("p"), let share = Double(text.dropFirst()), (0...100).contains(share) else {
                return nil
            }
            self = .percentile(share)
        }
    }

    /// Whether AWS takes it as `Statistic` rather than as `ExtendedStatistic`.
    package var isPlain: Bool {
        if case .percentile = self { false } else { true }
    }
}
