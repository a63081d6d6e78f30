package import BerthKernel

/// An EC2 instance, from its launch until an hour after its end.
package struct Instance: Hashable, Codable, Sendable {
    /// Where the instance stands in its group.
    ///
    /// - AWS: EC2 Auto Scaling User Guide, *Amazon EC2 Auto Scaling instance lifecycle*.
    package enum Lifecycle: String, Codable, Sendable {
        case pending = "Pending"
        case inService = "InService"
        /// The termination hook holds the instance while ECS moves its tasks away.
        case draining = "Terminating:Wait"
        case terminating = "Terminating"
        case terminated = "Terminated"
    }

    /// What EC2 says of it.
    package enum State: String, Codable, Sendable {
        case pending
        case running
        case shuttingDown = "shutting-down"
        case terminated
    }

    package let id: InstanceID
    package let type: String
    package let zone: String
    package let subnet: String
    package let imageID: String
    package let group: String
    package let launchTemplate: String
    package let launchTemplateVersion: Int
    package let isSpot: Bool
    /// US dollars an hour, the Spot discount included.
    package let hourlyPrice: Double
    /// The cluster its user data names.
    ///
    /// Registers there, whether or not the cluster exists.
    package let cluster: String
    package let tags: [Tag]
    package let launchedAt: Instant
    /// Whether a capacity provider's policy asked for it: only such instances warm up.
    let isLaunchedByPolicy: Bool
    let attributes: [InstanceFacts.Attribute]

    package internal(set) var lifecycle = Lifecycle.pending
    /// The provider it counts for, known when it registers: that of its group, if associated by then.
    package internal(set) var provider: String?
    /// In service and billed since.
    package internal(set) var runningAt: Instant?
    package internal(set) var registeredAt: Instant?
    /// Shutting down and no longer billed since.
    package internal(set) var stoppedAt: Instant?
    package internal(set) var terminatedAt: Instant?
    package internal(set) var isProtected: Bool
    /// Why it is being drained, for the sentence at its end.
    var leavesBecause: String?
    package internal(set) var nonDaemonTasks = 0
    package internal(set) var allTasks = 0
    /// Time with tasks other than daemons, up to the last change.
    var busyTime: Duration = .zero
    var busySince: Instant?

    package var state: State {
        switch lifecycle {
        case .pending: .pending
        case .inService, .draining: .running
        case .terminating: .shuttingDown
        case .terminated: .terminated
        }
    }

    /// Counts towards the size of its group: neither leaving nor gone.
    package var isLive: Bool {
        lifecycle == .pending || lifecycle == .inService
    }

    func runningTime(at now: Instant) -> Duration {
        runningAt.map { (stoppedAt ?? now) - $0 } ?? .zero
    }

    func busyTime(at now: Instant) -> Duration {
        busyTime + (busySince.map { (stoppedAt ?? now) - $0 } ?? .zero)
    }
}
