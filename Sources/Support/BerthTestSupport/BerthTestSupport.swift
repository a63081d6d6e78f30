public import BerthKernel
public import CustomDump
import IssueReportingTestSupport

extension Instant: CustomDumpStringConvertible {
    /// `t+36.0 s`: seconds since the epoch, so that a failing expectation reads as a moment.
    public var customDumpDescription: String { "t+\(secondsSinceEpoch) s" }
}

extension Tenancy {
    /// The account and region of tests.
    public static let test = Tenancy(account: "000000000000", region: "us-east-1")
}

extension Instant {
    /// 2026-01-05T00:00:00Z, a Monday: a moment at which tests begin.
    public static let monday = Instant.seconds(1_767_571_200)
}
