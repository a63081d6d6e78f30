import BerthKernel
import BerthScaling

struct StepScalingShape: Codable, Sendable {
    struct Step: Codable, Sendable {
        let MetricIntervalLowerBound: Double?
        let MetricIntervalUpperBound: Double?
        let ScalingAdjustment: Int
    }

    let AdjustmentType: StepScaling.AdjustmentType?
    let StepAdjustments: [Step]?
    let MinAdjustmentMagnitude: Int?
    let Cooldown: Int?
    let MetricAggregationType: StepScaling.Aggregation?

    init(_ policy: StepScaling) {
        AdjustmentType = policy.adjustmentType
        StepAdjustments = policy.steps.map {
            Step(
                MetricIntervalLowerBound: $0.lower, MetricIntervalUpperBound: $0.upper,
                ScalingAdjustment: $0.adjustment)
        }
        MinAdjustmentMagnitude = policy.minimumMagnitude
        Cooldown = policy.cooldown
        MetricAggregationType = policy.aggregation
    }

    var policy: StepScaling {
        StepScaling(
            adjustmentType: AdjustmentType,
            steps: StepAdjustments.orEmpty.map {
                .init(
                    lower: $0.MetricIntervalLowerBound, upper: $0.MetricIntervalUpperBound,
                    adjustment: $0.ScalingAdjustment)
            },
            cooldown: Cooldown, aggregation: MetricAggregationType, minimumMagnitude: MinAdjustmentMagnitude)
    }
}
