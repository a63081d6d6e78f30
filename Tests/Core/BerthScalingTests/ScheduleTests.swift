import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthScaling

@Suite struct ScheduleTests {
    private func next(_ text: String, after instant: Instant = .monday) throws -> String? {
        try Schedule(text).next(after: instant, anchor: instant, offset: .zero, pace: .truth)
            .map { CalendarTime($0).iso8601 }
    }

    /// Monday is 2026-01-05T00:00:00Z.
    @Test(arguments: [
        ("at(2026-02-28T12:30:15)", "2026-02-28T12:30:15Z"),
        ("cron(0 8 * * ?)", "2026-01-05T08:00:00Z"),
        ("cron(0 0 * * ?)", "2026-01-06T00:00:00Z"),
        ("cron(15 10 ? * MON-FRI)", "2026-01-05T10:15:00Z"),
        ("cron(0 9 ? * sat,sun *)", "2026-01-10T09:00:00Z"),
        ("cron(0/20 6 * * ? 2026)", "2026-01-05T06:00:00Z"),
        ("cron(0 0 L * ?)", "2026-01-31T00:00:00Z"),
        ("cron(0 0 29 2 ?)", "2028-02-29T00:00:00Z"),
        ("cron(0 0 ? * 2#1)", "2026-02-02T00:00:00Z"),
        ("cron(0 0 ? * 6L)", "2026-01-30T00:00:00Z"),
        ("cron(30 0 12 1 JUN ? 2027)", "2027-06-01T12:00:30Z"),
    ])
    func `a schedule fires next`(text: String, expected: String) throws {
        #expect(try next(text) == expected)
    }

    @Test(arguments: ["at(2025-01-01T00:00:00)", "cron(0 0 1 1 ? 2025)", "cron(0 0 31 2 ?)"])
    func `a schedule in the past never fires`(text: String) throws {
        #expect(try next(text) == nil)
    }

    @Test(arguments: [
        ("cron(0 8 * * *)", "Invalid CRON expression"), ("cron(0 8 ? * ?)", "Invalid CRON expression"),
        ("cron(61 8 * * ?)", "Invalid CRON expression"),
        ("at(2026-02-30T00:00:00)", "Invalid schedule at DateTime expression"),
        ("rate(0 minutes)", "Invalid schedule expression"),
        (
            "StartTime",
            "Schedule expressions must have the following syntax: rate(<number>\\s?(minutes?|hours?|days?)), "
                + "cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss)."
        ),
    ])
    func `a bad schedule is refused`(text: String, message: String) {
        #expect(throws: Refusal(code: "ValidationException", message: message)) { try next(text) }
    }

    @Test func `an action sets the bounds and moves the count into them, whatever the cooldown`() throws {
        var scaling = Scaling.fixture(running: 1)
        try scaling.putScheduledAction(
            ScheduledActionSpecification(
                name: "morning", key: .worker, schedule: "cron(0 8 * * ?)", minimum: 3, maximum: 8), at: .monday)
        #expect(scaling.nextDeadline == .after(8 * 3_600))
        #expect(scaling.settle(at: .after(8 * 3_600)) == 3)
        #expect(scaling.targets[.worker]?.maximum == 8)
        #expect(
            scaling.activities(of: .worker).map(\.cause) == [
                "minimum capacity was set to 3", "scheduled action name morning was triggered",
            ])
        #expect(scaling.scheduledActions.values.first?.next == .after(32 * 3_600))
    }

    @Test func `rates are paced and begin at their start`() throws {
        var scaling = Scaling.fixture(pace: Pace(factor: 60))
        try scaling.putScheduledAction(
            ScheduledActionSpecification(
                name: "often", key: .worker, schedule: "rate(1 hour)", start: .after(100), maximum: 5), at: .monday)
        #expect(scaling.nextDeadline == .after(100))
        scaling.advance(to: .after(100))
        #expect(scaling.nextDeadline == .after(160))
    }

    @Test func `a replaced or deleted action does not fire at its old time`() throws {
        var scaling = Scaling.fixture()
        let specification = ScheduledActionSpecification(
            name: "a", key: .worker, schedule: "at(2026-01-05T01:00:00)", maximum: 1)
        try scaling.putScheduledAction(specification, at: .monday)
        var later = specification
        later.schedule = "at(2026-01-05T02:00:00)"
        try scaling.putScheduledAction(later, at: .monday)
        scaling.advance(to: .after(3_600))
        #expect(scaling.targets[.worker]?.maximum == 4)
        try scaling.deleteScheduledAction(name: "a", of: .worker, at: .after(3_601))
        scaling.advance(to: .after(7_200))
        #expect(scaling.targets[.worker]?.maximum == 4)
    }
}
