/// What the reference marks as uncertain about CloudWatch, with the defaults it proposes.
package struct MetricsSettings: Hashable, Codable, Sendable {
    /// At which second of the (paced) minute an alarm is evaluated.
    package enum Phase: String, Codable, Sendable, CaseIterable {
        /// All alarms on the minute: timelines are easy to read.
        case tidy
        /// Each alarm at its own second, a stable hash of its ARN, as AWS appears to do (B.5).
        case hashed
    }

    package var phase: Phase
    /// Buckets fetched beyond the evaluation periods cover at least this many seconds (B.6, fitted).
    package var extraRangeSeconds: Int
    /// They are at least this many (B.6, from AWS's tables).
    package var extraRangeMinimum: Int

    package init(phase: Phase = .tidy, extraRangeSeconds: Int = 300, extraRangeMinimum: Int = 2) {
        self.phase = phase
        self.extraRangeSeconds = extraRangeSeconds
        self.extraRangeMinimum = extraRangeMinimum
    }

    /// How many buckets an evaluation looks at: more than it needs, so that gaps can be told from ends.
    ///
    /// AWS does not publish the formula; reference B.6 has the observations this one was fitted to.
    package func evaluationRange(periods: Int, periodSeconds: Int) -> Int {
        let extra = (extraRangeSeconds + periodSeconds - 1) / periodSeconds
        return periods + max(extraRangeMinimum, extra)
    }
}
