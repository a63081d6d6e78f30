import BerthKernel
import BerthTestSupport
import Testing

struct InstantTests {
    @Test(arguments: [(59, 0), (60, 60), (61, 60), (119, 60), (120, 120), (-1, -60), (-60, -60), (-61, -120)])
    func `a moment is floored to the step it lies in, before the epoch too`(seconds: Int64, floor: Int64) {
        #expect(Instant.seconds(seconds).floored(to: .seconds(60)) == .seconds(floor))
    }

    @Test func `what is finer than a microsecond is dropped`() {
        #expect(Duration.nanoseconds(1_999).microseconds == 1)
        #expect(Instant.epoch + .nanoseconds(999) == .epoch)
    }

    @Test func `adding and taking away a duration ends where it began`() {
        let later = Instant.monday + .milliseconds(1_500)
        #expect(later - .milliseconds(1_500) == .monday)
        #expect(later - .monday == .milliseconds(1_500))
        #expect(later > .monday)
    }

    @Test func `of two deadlines the earlier counts, and none is later than any`() {
        #expect(Optional.earliest(.seconds(2), .seconds(1)) == .seconds(1))
        #expect(Optional.earliest(nil, .seconds(1)) == .seconds(1))
        #expect(Optional.earliest(.seconds(2), nil) == .seconds(2))
        #expect(Optional<Instant>.earliest(nil, nil) == nil)
    }
}
