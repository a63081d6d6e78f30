import BerthKernel
import BerthTestSupport
import Testing

@testable import BerthScaling

@Suite struct StepScalingTests {
    @Test(arguments: [(1.0, 1), (10, 1), (11, 2), (20, 2), (21, 3), (30, 3), (31, 4), (1_000, 4)])
    func `the ladder answers a depth with its step`(value: Double, expected: Int) {
        let step = StepScaling.ladder().step(at: value - 1, of: .greaterThanOrEqualToThreshold)
        #expect(step?.adjustment == expected)
    }

    @Test func `at the threshold the alarm's direction decides`() {
        let down = StepScaling.change(-4)
        #expect(down.step(at: 0, of: .lessThanOrEqualToThreshold)?.adjustment == -4)
        #expect(down.step(at: 0, of: .greaterThanOrEqualToThreshold) == nil)
        #expect(StepScaling.change(1).step(at: 0, of: .greaterThanOrEqualToThreshold)?.adjustment == 1)
    }

    @Test func `below the threshold an interval includes its upper bound`() {
        let scaling = StepScaling(
            adjustmentType: .changeInCapacity,
            steps: [.init(upper: -5, adjustment: -2), .init(lower: -5, upper: 0, adjustment: -1)])
        #expect(scaling.step(at: -5, of: .lessThanThreshold)?.adjustment == -2)
        #expect(scaling.step(at: -4.9, of: .lessThanThreshold)?.adjustment == -1)
    }

    @Test(
        arguments: [
            (10, 12, nil, 11), (3, 10, nil, 4), (4, 25, 2, 6), (0, 50, nil, 0), (0, 50, 1, 1), (10, -67, nil, 4),
            (3, -10, nil, 2),
        ] as [(Int, Int, Int?, Int)])
    func `percentages are cut toward zero but move at least one task`(
        base: Int, percent: Int, least: Int?, expected: Int
    ) {
        let scaling = StepScaling(
            adjustmentType: .percentChangeInCapacity, steps: [], minimumMagnitude: least)
        #expect(scaling.adjusted(base, by: percent) == expected)
    }

    private static let bad: [(StepScaling, String)] = [
        (StepScaling(adjustmentType: nil, steps: []), "Adjustment type must be specified"),
        (StepScaling(adjustmentType: .exactCapacity, steps: []), "There must be at least one step adjustment"),
        (
            StepScaling(adjustmentType: .exactCapacity, steps: [.init(lower: 0, adjustment: -1)]),
            "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity"
        ),
        (
            StepScaling(
                adjustmentType: .changeInCapacity,
                steps: [.init(lower: 0, upper: 5, adjustment: 1), .init(lower: 6, adjustment: 1)]),
            "Step adjustment intervals cannot have gaps between them"
        ),
        (
            StepScaling(
                adjustmentType: .changeInCapacity,
                steps: [.init(lower: 0, upper: 5, adjustment: 1), .init(lower: 4, adjustment: 1)]),
            "Step adjustment intervals cannot overlap"
        ),
        (
            StepScaling(adjustmentType: .changeInCapacity, steps: [.init(lower: 0, upper: 5, adjustment: 1)]),
            "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive "
                + "upper bound"
        ),
        (
            StepScaling(
                adjustmentType: .changeInCapacity, steps: [.init(lower: 0, adjustment: 1)], minimumMagnitude: 1),
            "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity"
        ),
        (
            StepScaling(adjustmentType: .changeInCapacity, steps: [.init(adjustment: 1)]),
            "Both lower and upper bounds of a step adjustment cannot be left unspecified"
        ),
    ]

    @Test(arguments: bad)
    func `a bad policy is refused and changes nothing`(step: StepScaling, message: String) {
        var scaling = Scaling.fixture()
        let before = scaling
        #expect(throws: Refusal(code: "ValidationException", message: message)) { try scaling.put("p", step) }
        #expect(scaling == before)
    }

    @Test func `touching intervals are fine in any order`() throws {
        var scaling = Scaling.fixture()
        var ladder = StepScaling.ladder()
        ladder.steps.reverse()
        _ = try scaling.put("p", ladder)
    }
}
