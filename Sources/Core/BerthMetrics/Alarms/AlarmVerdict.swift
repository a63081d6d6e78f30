import BerthKernel

/// A datapoint an alarm looks at.
struct AlarmDatapoint: Hashable, Sendable {
    let start: Instant
    let value: Double
    /// How many values it stands for; unknown for metric math.
    let sampleCount: Double?
}

/// What one evaluation finds, and what it found it from.
struct AlarmVerdict: Hashable, Sendable {
    /// The rules of one alarm.
    struct Rule: Hashable, Sendable {
        /// N: how many datapoints decide.
        let periods: Int
        /// M: how many of them must breach.
        let needed: Int
        let missing: AlarmDefinition.MissingData
    }

    /// `nil`: the alarm keeps the state it has.
    let state: AlarmState?
    /// The real datapoints that decided, oldest first.
    let used: [AlarmDatapoint]
    /// How many missing datapoints were read as breaching or not breaching.
    let filled: Int

    /// Judges the buckets of the evaluation range, oldest first, `nil` where nothing was reported.
    ///
    /// With N real datapoints in range the treatment of gaps plays no part. With fewer, a lone breaching
    /// datapoint that is not yet M slots old does not raise the alarm: its neighbours may still arrive.
    ///
    /// - AWS: CloudWatch User Guide, *Configuring how CloudWatch alarms treat missing data*, both tables;
    ///   the algorithm that fits them is reference B.6.
    init(_ range: [AlarmDatapoint?], rule: Rule, breaches: (Double) -> Bool) {
        let real = range.compactMap { $0 }
        guard real.count < rule.periods else {
            used = real.suffix(rule.periods)
            filled = 0
            state = used.count { breaches($0.value) } >= rule.needed ? .alarm : .ok
            return
        }
        used = real
        let breaching = real.count { breaches($0.value) }
        let oldestBreaching = range.firstIndex { $0.map { breaches($0.value) } ?? false }
        let gaps = Gaps(
            count: rule.periods - real.count, real: real.count, breaching: breaching,
            isPremature: oldestBreaching.map { range.count - $0 < rule.needed } ?? false)
        state = gaps.state(by: rule)
        let isFilling = rule.missing == .breaching || rule.missing == .notBreaching
        filled = isFilling && breaching < rule.needed ? gaps.count : 0
    }

    /// Fewer real datapoints than the alarm needs.
    private struct Gaps {
        let count: Int
        let real: Int
        let breaching: Int
        /// The oldest breaching datapoint is fewer than M slots old.
        let isPremature: Bool

        func state(by rule: Rule) -> AlarmState? {
            if real > 0, breaching >= rule.needed { return .alarm }
            let allBreach = breaching == real
            switch rule.missing {
            case .notBreaching:
                return .ok
            case .breaching:
                guard breaching + count >= rule.needed else { return .ok }
                return real > 0 && allBreach && isPremature ? nil : .alarm
            case .missing:
                guard real > 0 else { return .insufficientData }
                guard allBreach else { return .ok }
                return isPremature ? nil : .alarm
            case .ignore:
                return real > 0 && !allBreach ? .ok : nil
            }
        }
    }
}
