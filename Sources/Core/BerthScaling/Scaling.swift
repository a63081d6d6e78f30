package import BerthKernel
import DequeModule
package import OrderedCollections

/// Application Auto Scaling for ECS services: scalable targets, their policies and scheduled actions.
///
/// It knows services only by what ``observe(resourceID:_:at:)`` tells it, and alarms only by their calls.
/// Alarms that call at the same moment are answered together, when that moment is next advanced to.
package struct Scaling: Sendable, Equatable, Codable {
    package let tenancy: Tenancy
    package let pace: Pace
    package let settings: ScalingSettings

    /// Oldest first.
    package internal(set) var targets: OrderedDictionary<TargetKey, ScalableTarget> = [:]
    /// By ARN, oldest first.
    package internal(set) var policies: OrderedDictionary<String, ScalingPolicy> = [:]
    /// By ARN, oldest first.
    package internal(set) var scheduledActions: OrderedDictionary<String, ScheduledAction> = [:]

    /// Every service that exists, scalable or not, by resource id.
    var services: OrderedDictionary<String, ServiceFacts> = [:]
    /// What is due when, earliest first.
    ///
    /// Entries that have become pointless are passed over when due.
    var agenda: Deque<Deadline> = []
    var outbox: [ScalingEvent] = []
    var targetIDs: RandomStream
    var policyIDs: RandomStream
    var alarmIDs: RandomStream
    var activityIDs: RandomStream
    var scheduleIDs: RandomStream

    struct Deadline: Hashable, Codable, Sendable {
        enum Duty: Hashable, Codable, Sendable {
            /// Answers the alarms that called a target's policies at this moment.
            case answer(TargetKey)
            /// A change should have been fulfilled by now.
            case giveUp(TargetKey, activity: UniqueID)
            case fire(scheduledAction: String)
        }

        let due: Instant
        let duty: Duty
    }

    package init(tenancy: Tenancy, pace: Pace, seed: UInt64, settings: ScalingSettings = ScalingSettings()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
        targetIDs = RandomStream(seed: seed, purpose: "scaling.target")
        policyIDs = RandomStream(seed: seed, purpose: "scaling.policy")
        alarmIDs = RandomStream(seed: seed, purpose: "scaling.alarm")
        activityIDs = RandomStream(seed: seed, purpose: "scaling.activity")
        scheduleIDs = RandomStream(seed: seed, purpose: "scaling.schedule")
    }

    /// The next moment an alarm is answered, a change counts as unfulfilled or a schedule fires.
    package var nextDeadline: Instant? {
        agenda.first?.due
    }

    /// Lets time pass.
    ///
    /// Every deadline up to `now` is met at its own moment and in order.
    package mutating func advance(to now: Instant) {
        while let deadline = agenda.first, deadline.due <= now {
            agenda.removeFirst()
            switch deadline.duty {
            case .answer(let key): answerAlarms(of: key, at: deadline.due)
            case .giveUp(let key, let activity): giveUp(activity, of: key, at: deadline.due)
            case .fire(let arn): fire(arn, at: deadline.due)
            }
        }
    }

    /// What happened since this was last asked, in order.
    package mutating func drain() -> [ScalingEvent] {
        defer { outbox = [] }
        return outbox
    }

    /// Enters a duty behind those that are due no later.
    mutating func schedule(_ duty: Deadline.Duty, at due: Instant) {
        let index = agenda.firstIndex { $0.due > due } ?? agenda.endIndex
        agenda.insert(Deadline(due: due, duty: duty), at: index)
    }

    mutating func decide(_ key: TargetKey, at now: Instant, _ sentence: String) {
        outbox.append(
            .decided(Decision(instant: now, kind: .scaling, subject: key.resourceID, sentence: sentence)))
    }
}
