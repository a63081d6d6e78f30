package import BerthKernel

/// A policy that answers how far a metric is from its alarm's threshold with a fixed adjustment.
package struct StepScaling: Hashable, Codable, Sendable {
    package enum AdjustmentType: String, Hashable, Codable, Sendable, CaseIterable {
        case changeInCapacity = "ChangeInCapacity"
        case exactCapacity = "ExactCapacity"
        case percentChangeInCapacity = "PercentChangeInCapacity"
    }

    package enum Aggregation: String, Hashable, Codable, Sendable, CaseIterable {
        case average = "Average"
        case minimum = "Minimum"
        case maximum = "Maximum"
    }

    /// Bounds are distances from the threshold; without one the interval goes on for ever.
    package struct Step: Hashable, Codable, Sendable {
        package let lower: Double?
        package let upper: Double?
        package let adjustment: Int

        package init(lower: Double? = nil, upper: Double? = nil, adjustment: Int) {
            self.lower = lower
            self.upper = upper
            self.adjustment = adjustment
        }
    }

    package var adjustmentType: AdjustmentType?
    package var steps: [Step]
    /// Seconds; 300 unless given.
    package var cooldown: Int?
    package var aggregation: Aggregation?
    /// The least change of a percentage, so that small services move at all.
    package var minimumMagnitude: Int?

    package init(
        adjustmentType: AdjustmentType?, steps: [Step], cooldown: Int? = nil, aggregation: Aggregation? = nil,
        minimumMagnitude: Int? = nil
    ) {
        self.adjustmentType = adjustmentType
        self.steps = steps
        self.cooldown = cooldown
        self.aggregation = aggregation
        self.minimumMagnitude = minimumMagnitude
    }

    /// The metric's value: its recent datapoints taken together.
    ///
    /// `nil` when there are none.
    package func value(of datapoints: [Double]) -> Double? {
        switch aggregation ?? .average {
        case .average: datapoints.isEmpty ? nil : datapoints.reduce(0, +) / Double(datapoints.count)
        case .minimum: datapoints.min()
        case .maximum: datapoints.max()
        }
    }

    /// The step whose interval holds `distance`.
    ///
    /// Above the threshold an interval includes its lower bound, below it its upper one. At the threshold
    /// itself the alarm's direction decides, which is what lets two alarms share a threshold (C.4).
    package func step(at distance: Double, of comparison: AlarmDefinition.Comparison) -> Step? {
        let isAbove = distance > 0 || (distance == 0 && comparison.isUpward)
        return steps.first { step in
            let lower = step.lower ?? -.infinity
            let upper = step.upper ?? .infinity
            return isAbove ? lower <= distance && distance < upper : lower < distance && distance <= upper
        }
    }

    /// The count after the adjustment, before bounds.
    ///
    /// A percentage between 0 and 1 task counts as one task; beyond that it is cut toward zero (C.4).
    package func adjusted(_ base: Int, by adjustment: Int) -> Int {
        switch adjustmentType {
        case .exactCapacity: return adjustment
        case .percentChangeInCapacity:
            let exact = Double(base) * Double(adjustment) / 100
            var change = exact.rounded(.towardZero)
            if exact != 0, exact.magnitude < 1 { change = exact < 0 ? -1 : 1 }
            let least = Double(minimumMagnitude ?? 0)
            if adjustment != 0, change.magnitude < least { change = adjustment < 0 ? -least : least }
            return Int((Double(base) + change).clamped(to: -1e9...1e9))
        default:
            let (sum, overflows) = base.addingReportingOverflow(adjustment)
            return overflows ? (adjustment < 0 ? .min : .max) : sum
        }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
