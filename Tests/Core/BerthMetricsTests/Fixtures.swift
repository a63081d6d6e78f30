import BerthKernel
import BerthMetrics
import BerthTestSupport

extension MetricIdentity {
    static let depth = MetricIdentity(
        namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible",
        dimensions: [Dimension(name: "QueueName", value: "jobs")])
}

extension Metrics {
    static func fixture(pace: Pace = .truth, settings: MetricsSettings = MetricsSettings()) -> Metrics {
        Metrics(tenancy: .test, pace: pace, settings: settings)
    }

    /// A depth measured `minute` minutes (and seconds) after Monday, visible `lag` seconds later.
    mutating func depth(_ value: Double, at instant: Instant, lag: Int64 = 0) {
        put(
            [MetricSample(.depth, unit: "Count", value: value, at: instant, availableAt: instant + .seconds(lag))],
            at: instant)
    }
}

extension AlarmDefinition {
    static let policy =
        "arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:resource/ecs/service/c/s:policyName/up"
    static let topic = "arn:aws:sns:us-east-1:000000000000:pages"

    static func fixture(
        name: String = "deep", statistic: String = "Maximum", period: Int64 = 60, periods: Int = 1, needed: Int? = nil,
        threshold: Double = 1, comparison: Comparison = .greaterThanOrEqualToThreshold, missing: MissingData? = nil,
        actions: [String] = []
    ) -> AlarmDefinition {
        var alarm = AlarmDefinition(
            name: name, metric: .depth, statistic: statistic, period: .seconds(period), evaluationPeriods: periods,
            threshold: threshold, comparison: comparison)
        alarm.datapointsToAlarm = needed
        alarm.missingData = missing
        alarm.alarmActions = actions
        return alarm
    }
}

extension Instant {
    /// A time of that Monday.
    static func at(_ hour: Int64, _ minute: Int64, _ second: Int64 = 0) -> Instant {
        .monday + .seconds(hour * 3_600 + minute * 60 + second)
    }
}

extension [MetricsEvent] {
    var transitions: [AlarmState] {
        compactMap { if case .transitioned(_, _, let state) = $0 { state } else { nil } }
    }

    var invocations: [(action: String, trigger: AlarmTrigger)] {
        compactMap { if case .invoked(let action, let trigger) = $0 { (action, trigger) } else { nil } }
    }
}
