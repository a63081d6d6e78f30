import BerthKernel
import BerthTestSupport
import Testing

struct CalendarTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z", 4), (951_782_400, "2000-02-29T00:00:00Z", 2),
        (951_868_799, "2000-02-29T23:59:59Z", 2), (951_868_800, "2000-03-01T00:00:00Z", 3),
        (1_767_571_200, "2026-01-05T00:00:00Z", 1), (4_107_542_400, "2100-03-01T00:00:00Z", 1),
        (-1, "1969-12-31T23:59:59Z", 3),
    ])
    func `seconds since the epoch are a date, a time and a weekday`(seconds: Int64, text: String, weekday: Int) {
        let time = CalendarTime(.seconds(seconds))
        #expect(time.iso8601 == text)
        #expect(time.weekday == weekday)
    }

    @Test func `each of AWS's spellings has its own form`() {
        let time = CalendarTime(Instant.seconds(1_726_725_678) + .milliseconds(43))
        #expect(time.iso8601WithMilliseconds == "2024-09-19T06:01:18.043Z")
        #expect(time.alarmReasonText == "2024-09-19T06:01:18.043+0000")
        #expect(time.datapointText == "19/09/24 06:01:18")
        #expect(time.timeText == "06:01:18")
        #expect(time.httpDate == "Thu, 19 Sep 2024 06:01:18 GMT")
    }

    @Test func `every day of four centuries follows the one before`() {
        var (month, day) = (1, 0)
        var seconds = Int64(0)
        for _ in 0..<146_097 {
            let time = CalendarTime(.seconds(seconds))
            #expect(time.day == day + 1 || (time.day == 1 && time.month == month % 12 + 1))
            (month, day) = (time.month, time.day)
            seconds += 86_400
        }
        #expect(CalendarTime(.seconds(seconds)).iso8601 == "2370-01-01T00:00:00Z")
    }
}
