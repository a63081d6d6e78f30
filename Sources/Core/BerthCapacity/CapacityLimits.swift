/// The numbers AWS fixed for groups, instances and managed scaling.
enum CapacityLimits {
    /// Termination hook of managed draining: after this the instance goes, tasks or not (ECS Developer Guide,
    /// *Safely stop Amazon ECS workloads running on EC2 instances*).
    static let longestDrain: Duration = .seconds(48 * 3_600)
    /// Managed scaling waits this long after growing before it shrinks (ECS Developer Guide, *Amazon ECS
    /// managed scaling behavior*).
    static let scaleInDelay: Duration = .seconds(15 * 60)
    /// Low reservation must last this many minutes (same page).
    static let lowAlarmPeriods = 15
    /// Reservation published while tasks wait and no instance exists (AWS blog, *Deep Dive on Amazon ECS
    /// Cluster Auto Scaling*).
    static let reservationFromZero = 200
    /// EC2 bills seconds, but at least a minute (EC2 pricing).
    static let shortestBill: Duration = .seconds(60)
    /// DescribeInstances shows a terminated instance for about an hour.
    ///
    /// Not paced: people look at it.
    static let terminatedRetention: Duration = .seconds(3_600)
    /// Gaps between attempts to launch where capacity is lacking.
    ///
    /// AWS backs off without publishing how; ours.
    static let launchRetryGaps: [Duration] = [.seconds(20), .seconds(60), .seconds(120), .seconds(300), .seconds(600)]
    /// Activities kept per group.
    ///
    /// AWS keeps six weeks; a bound in number keeps a world small.
    static let activitiesKept = 200

    static let targetCapacity = 1...100
    static let stepSize = 1...10_000
    static let warmup = 0...10_000
    static let providerNameLength = 1...255
    /// Instance ids of one SetInstanceProtection call.
    static let protectionBatch = 50
}
