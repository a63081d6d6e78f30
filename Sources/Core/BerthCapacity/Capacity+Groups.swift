package import BerthKernel
import OrderedCollections

extension Capacity {
    /// Makes a group, which begins to launch at once.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *CreateAutoScalingGroup*.
    package mutating func createGroup(
        _ specification: GroupSpecification, at now: Instant
    ) throws(Refusal) -> AutoScalingGroup {
        guard groups[specification.name] == nil else { throw .groupExists(specification.name) }
        try check(specification)
        let desired = specification.desiredCapacity ?? specification.minSize
        let id = UniqueID(from: &streams.others).uuid
        let arn = tenancy.arn("autoscaling", "autoScalingGroup:\(id):autoScalingGroupName/\(specification.name)")
        let group = AutoScalingGroup(arn: arn, createdAt: now, specification: specification, desiredCapacity: 0)
        groups[specification.name] = group
        setDesired(specification.name, to: desired, because: .created, at: now)
        return groups[specification.name] ?? group
    }

    /// Changes a group.
    ///
    /// Without a desired capacity the present one is moved into the new bounds.
    ///
    /// Instances that exist keep the launch template version and the protection they started with.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *UpdateAutoScalingGroup*.
    package mutating func updateGroup(_ update: GroupUpdate, at now: Instant) throws(Refusal) -> AutoScalingGroup {
        guard var group = groups[update.name], !group.isDeleting else { throw .groupToUpdateDoesNotExist() }
        var specification = group.specification
        specification.minSize = update.minSize ?? specification.minSize
        specification.maxSize = update.maxSize ?? specification.maxSize
        specification.launch = update.launch ?? specification.launch
        if let subnets = update.subnets {
            specification.subnets = subnets
            specification.zones = []
        }
        specification.newInstancesProtected = update.newInstancesProtected ?? specification.newInstancesProtected
        specification.terminationPolicies = update.terminationPolicies ?? specification.terminationPolicies
        specification.desiredCapacity = update.desiredCapacity
        try check(specification)

        let inBounds = min(max(group.desiredCapacity, specification.minSize), specification.maxSize)
        let desired = update.desiredCapacity ?? inBounds
        specification.desiredCapacity = group.specification.desiredCapacity
        group.specification = specification
        groups[update.name] = group
        let cause = ScalingCause.updated(min: specification.minSize, max: specification.maxSize, desired: desired)
        setDesired(update.name, to: desired, because: cause, at: now)
        return groups[update.name] ?? group
    }

    /// Sets the desired capacity within the bounds of the group.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *SetDesiredCapacity*.
    package mutating func setDesired(_ name: String, to desired: Int, at now: Instant) throws(Refusal) {
        let group = try existingGroup(name)
        let specification = group.specification
        guard desired <= specification.maxSize else { throw .desiredAbove(desired, max: specification.maxSize) }
        guard desired >= specification.minSize else { throw .desiredBelow(desired, min: specification.minSize) }
        setDesired(name, to: desired, because: .setDesired, at: now)
    }

    /// Deletes a group.
    ///
    /// With `force` its instances go too, undrained; the group vanishes with the last.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *DeleteAutoScalingGroup*.
    package mutating func deleteGroup(_ name: String, force: Bool, at now: Instant) throws(Refusal) {
        let group = try existingGroup(name)
        guard force || group.members.isEmpty else { throw .groupInUse() }
        groups[name]?.isDeleting = true
        groups[name]?.desiredCapacity = 0
        groups[name]?.retryAt = nil
        let cause = ScalingCause.deleted.sentence(from: group.desiredCapacity, to: 0, at: now)
        for id in group.members {
            shutDown(id, reason: "the group \(name) was deleted", cause: cause, at: now)
        }
        removeGroupIfEmpty(name)
    }

    /// Protects instances of a group from scale-in, or stops protecting them.
    ///
    /// A group that could not shrink because all were protected does so now.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *SetInstanceProtection*.
    package mutating func setInstanceProtection(
        group name: String, instances ids: [InstanceID], isProtected: Bool, at now: Instant
    ) throws(Refusal) {
        let group = try existingGroup(name)
        guard ids.count <= CapacityLimits.protectionBatch else {
            throw .tooManyInstances(CapacityLimits.protectionBatch)
        }
        for id in ids {
            guard group.members.contains(id) else { throw .instanceDoesNotExist(id) }
        }
        for id in ids { instances[id]?.isProtected = isProtected }
        reconcile(name, because: nil, at: now)
    }

    /// Terminates an instance whatever its protection; without `decrementing` the group replaces it.
    ///
    /// - AWS: EC2 Auto Scaling API Reference, *TerminateInstanceInAutoScalingGroup*.
    package mutating func terminateInstance(
        _ id: InstanceID, decrementing: Bool, at now: Instant
    ) throws(Refusal) -> ScalingActivity? {
        guard let instance = instances[id], instance.isLive, let group = groups[instance.group] else {
            throw .instanceDoesNotExist(id)
        }
        let minimum = group.specification.minSize
        if decrementing, group.desiredCapacity <= minimum { throw .decrementBelowMinimum(minimum) }
        let time = CalendarTime(now).iso8601
        if decrementing { groups[instance.group]?.desiredCapacity -= 1 }
        let change =
            decrementing
            ? ", shrinking the capacity from \(group.desiredCapacity) to \(group.desiredCapacity - 1)." : "."
        let cause = "At \(time) instance \(id) was taken out of service in response to a user request\(change)"
        terminate(id, reason: "a user asked for it", cause: cause, at: now)
        let activity = groups[instance.group]?.activities.last { $0.instance == id }
        reconcile(instance.group, because: nil, at: now)
        return activity
    }

    /// What a group did, newest first.
    package func activities(of group: String) -> [ScalingActivity] {
        groups[group]?.activities.reversed() ?? []
    }

    /// Lets EC2 run out of instances in a zone, or have them again.
    ///
    /// Groups whose launches failed try again when their next attempt is due, not at once.
    package mutating func setCapacity(inZone zone: String, isAvailable: Bool) {
        exhaustedZones.removeAll { $0 == zone }
        if !isAvailable { exhaustedZones = (exhaustedZones + [zone]).sorted() }
    }

    private func existingGroup(_ name: String) throws(Refusal) -> AutoScalingGroup {
        guard let group = groups[name], !group.isDeleting else { throw .groupDoesNotExist(name) }
        return group
    }

    private func check(_ specification: GroupSpecification) throws(Refusal) {
        let (minimum, maximum) = (specification.minSize, specification.maxSize)
        guard minimum >= 0, maximum >= 0 else { throw .boundNegative() }
        guard minimum <= maximum else { throw .boundsReversed(min: minimum, max: maximum) }
        if let desired = specification.desiredCapacity, !(minimum...maximum).contains(desired) {
            throw .desiredOutside(desired, min: minimum, max: maximum)
        }
        guard let launch = specification.launch else { throw .launchSourceMissing() }
        guard !specification.subnets.isEmpty || !specification.zones.isEmpty else { throw .zoneMissing() }
        for subnet in specification.subnets {
            guard network.zone(ofSubnet: subnet) != nil else { throw .subnetDoesNotExist(subnet) }
        }
        for zone in specification.zones {
            guard network.zones.contains(where: { $0.name == zone }) else { throw .zoneDoesNotExist(zone) }
        }
        _ = try blueprint(for: launch)
    }
}
