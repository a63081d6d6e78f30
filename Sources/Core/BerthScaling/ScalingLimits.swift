/// Application Auto Scaling's numbers, each with its source: reference, queue-metrics-scaling, section in brackets.
package enum ScalingLimits {
    /// Policies and scheduled actions per target [C.1].
    package static let policiesPerTarget = 50
    package static let scheduledActionsPerTarget = 200
    /// Steps of one policy [C.1].
    package static let stepsPerPolicy = 20
    /// Seconds of cooldown where a policy gives none, for ECS [C.5].
    package static let defaultCooldown = 300
    /// Target tracking's two alarms [C.7].
    static let highAlarmPeriods = 3
    static let lowAlarmPeriods = 15
    static let lowAlarmShare = 0.9
    static let alarmPeriod = Duration.seconds(60)
    /// The range of target values [C.7].
    package static let targetValues = 8.51592E-12...1.174271E17
    /// How long activities are kept [C.9], and a bound of ours per target.
    package static let activityRetention = Duration.seconds(42 * 86_400)
    package static let activitiesPerTarget = 500
    /// The shortest time between two firings of a schedule, in seconds [C.8].
    static let shortestSchedule = 60
}
