import BerthKernel
import OrderedCollections

extension Capacity {
    /// Gives a group another desired capacity and starts what follows from it.
    mutating func setDesired(
        _ name: String, to desired: Int, because cause: ScalingCause, isPolicy: Bool = false, at now: Instant
    ) {
        guard let group = groups[name] else { return }
        let old = group.desiredCapacity
        groups[name]?.desiredCapacity = desired
        let sentence = desired == old ? nil : cause.sentence(from: old, to: desired, at: now)
        reconcile(name, because: sentence, isPolicy: isPolicy, at: now)
    }

    /// Launches or terminates instances until the group is as large as it wants to be.
    mutating func reconcile(_ name: String, because cause: String?, isPolicy: Bool = false, at now: Instant) {
        guard let group = groups[name], !group.isDeleting else { return }
        let live = liveMembers(of: group)
        let difference = group.desiredCapacity - live.count
        if difference > 0 {
            launch(difference, for: group, live: live, because: cause, isPolicy: isPolicy, at: now)
        } else {
            groups[name]?.retryAt = nil
            groups[name]?.failedLaunches = 0
            if difference < 0 { shrink(group, by: -difference, live: live, because: cause, at: now) }
        }
    }

    /// Instances that count towards the size of the group, oldest first.
    func liveMembers(of group: AutoScalingGroup) -> [Instance] {
        group.members.compactMap { instances[$0] }.filter(\.isLive)
    }

    /// Zones of the group, in the order of its subnets.
    func zones(of group: AutoScalingGroup) -> [String] {
        let specification = group.specification
        guard specification.zones.isEmpty else { return specification.zones }
        var zones: [String] = []
        for zone in specification.subnets.compactMap(network.zone(ofSubnet:)) where !zones.contains(zone) {
            zones.append(zone)
        }
        return zones
    }

    private mutating func launch(
        _ count: Int, for group: AutoScalingGroup, live: [Instance], because cause: String?, isPolicy: Bool,
        at now: Instant
    ) {
        guard let source = group.specification.launch else { return }
        let blueprint: Blueprint
        do throws(Refusal) {
            blueprint = try self.blueprint(for: source)
        } catch {
            return launchFails(group, because: cause, reason: error.message, zone: nil, at: now)
        }
        let time = CalendarTime(now).iso8601
        let size = live.count + count
        let sentence =
            "At \(time) an instance was started in response to a difference between desired and actual capacity, "
            + "increasing the capacity from \(live.count) to \(size)."
        let fullCause = joined(cause, sentence)
        var members = live
        for _ in 0..<count {
            let (type, isSpot) = blueprint.next(after: members, size: size)
            let ranked = ZoneBalance(zones: zones(of: group), members: members).emptiestFirst
            guard let zone = ranked.first(where: { !exhaustedZones.contains($0) }) else {
                let reason = Self.noCapacity(type.name, zone: ranked.first ?? "", isSpot: isSpot)
                return launchFails(group, because: fullCause, reason: reason, zone: ranked.first, at: now)
            }
            let start = LaunchOrder(
                type: type, isSpot: isSpot, zone: zone, isPolicy: isPolicy, cause: fullCause, had: live.count)
            members.append(startInstance(start, for: group, from: blueprint, at: now))
        }
        groups[group.name]?.failedLaunches = 0
        groups[group.name]?.retryAt = nil
        groups[group.name]?.lastComplaint = nil
    }

    /// What EC2 answers where it has no instance to give.
    private static func noCapacity(_ type: String, zone: String, isSpot: Bool) -> String {
        isSpot
            ? "There is no Spot capacity available that matches your request. Launching EC2 instance failed."
            : "We currently do not have sufficient \(type) capacity in the Availability Zone you requested (\(zone)). "
                + "Our system will be working on provisioning additional capacity. Launching EC2 instance failed."
    }

    private mutating func launchFails(
        _ group: AutoScalingGroup, because cause: String?, reason: String, zone: String?, at now: Instant
    ) {
        let gaps = CapacityLimits.launchRetryGaps
        let failures = groups[group.name]?.failedLaunches ?? 0
        let gap = gaps[min(failures, gaps.count - 1)]
        let retryAt = now + pace(gap)
        addActivity(
            to: group.name, instance: nil, description: "Launching a new EC2 instance.  Status Reason: \(reason)",
            cause: cause ?? "", zone: zone, status: .failed, message: reason, at: now)
        groups[group.name]?.failedLaunches = failures + 1
        groups[group.name]?.retryAt = retryAt
        agenda.add(.launchRetry(group: group.name), at: retryAt)
        complain(
            of: group.name,
            "Group \(group.name) wants \(counted(group.desiredCapacity, "instance")) and cannot launch one: \(reason)",
            at: now)
    }

    mutating func retryLaunch(_ name: String, at now: Instant) {
        guard groups[name]?.retryAt == now else { return }
        reconcile(name, because: nil, at: now)
    }

    private mutating func shrink(
        _ group: AutoScalingGroup, by count: Int, live: [Instance], because cause: String?, at now: Instant
    ) {
        let time = CalendarTime(now).iso8601
        let sentence =
            "At \(time) an instance was taken out of service in response to a difference between desired and actual "
            + "capacity, shrinking the capacity from \(live.count) to \(live.count - count)."
        var members = live
        for _ in 0..<count {
            guard let choice = chooseForTermination(among: members, of: group) else {
                return complain(
                    of: group.name,
                    "Group \(group.name) has \(counted(members.count, "instance")) and wants \(group.desiredCapacity), "
                        + "but could not scale to desired capacity because all remaining instances are "
                        + "protected from scale-in.",
                    at: now)
            }
            let selected = "At \(time) instance \(choice.id) was selected for termination."
            terminate(
                choice.id,
                reason: "group \(group.name) shrinks from \(live.count) to \(counted(live.count - count, "instance"))",
                cause: joined(cause, sentence, selected), at: now)
            members.removeAll { $0.id == choice.id }
        }
        groups[group.name]?.lastComplaint = nil
    }

    /// Says what cannot be done, once until it changes.
    private mutating func complain(of group: String, _ sentence: String, at now: Instant) {
        guard groups[group]?.lastComplaint != sentence else { return }
        groups[group]?.lastComplaint = sentence
        decide(.capacity, group, sentence, at: now)
    }

    /// The sentences of an activity's cause, two spaces between them.
    private func joined(_ sentences: String?...) -> String {
        sentences.compactMap(\.self).joined(separator: "  ")
    }
}

/// What one launch is to be.
struct LaunchOrder {
    let type: InstanceType
    let isSpot: Bool
    let zone: String
    let isPolicy: Bool
    let cause: String
    /// How many instances the group had before.
    let had: Int
}
