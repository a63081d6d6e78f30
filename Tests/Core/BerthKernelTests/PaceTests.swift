import BerthKernel
import Testing

struct PaceTests {
    @Test(arguments: [(1, 60_000_000), (60, 1_000_000), (7, 8_571_428)])
    func `a minute of AWS takes its share of world time`(factor: Int, microseconds: Int64) {
        #expect(Pace(factor: factor).minute.microseconds == microseconds)
    }

    @Test func `the true pace changes nothing, not even what is finer than a microsecond`() {
        #expect(Pace.truth(.nanoseconds(1)) == .nanoseconds(1))
    }
}
