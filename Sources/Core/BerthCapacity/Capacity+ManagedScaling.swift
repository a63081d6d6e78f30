package import BerthKernel
import OrderedCollections

extension Capacity {
    /// An alarm calls a provider's policy, again each minute while it lasts.
    ///
    /// The policy works with the last reservation published, which is the one its alarm saw or a fresher one
    /// (AWS does not say which it uses). The group is left alone while instances the policy launched warm up.
    ///
    /// - AWS: ECS Developer Guide, *Amazon ECS managed scaling behavior*.
    package mutating func invoke(policyARN: String, _ trigger: AlarmTrigger, at now: Instant) {
        let called = providers.values.first { provider in
            guard let arn = provider.policy?.arn else { return false }
            return policyARN == arn || policyARN.hasPrefix(arn + ":")
        }
        guard let provider = called, let policy = provider.policy, let reservation = provider.reservation,
            let group = provider.group.flatMap({ groups[$0] }), !group.isDeleting
        else { return }
        let present = countedInstances(of: provider, group: group).count
        let outcome =
            trigger.comparison.isUpward
            ? scaleOut(provider, policy, reservation, group, at: now)
            : scaleIn(provider, policy, reservation, group, present: present, at: now)
        switch outcome {
        case .unchanged(let reason):
            guard reason != provider.lastComplaint else { return }
            providers[provider.name]?.lastComplaint = reason
            decide(.capacity, provider.name, "Capacity provider \(provider.name) does not scale: \(reason).", at: now)
        case .resize(let size):
            providers[provider.name]?.lastComplaint = nil
            if size > group.desiredCapacity { providers[provider.name]?.policy?.lastScaleOut = now }
            decide(
                .capacity, provider.name,
                "Capacity provider \(provider.name) scales group \(group.name) from \(group.desiredCapacity) to "
                    + "\(counted(size, "instance")): the reservation is \(reservation.percentText) against a target of "
                    + "\(reservation.target) %, because \(reservation.explanation).", at: now)
            setDesired(
                group.name, to: size, because: .alarm(name: trigger.alarmName, policy: policy.name), isPolicy: true,
                at: now)
        }
    }

    private enum Outcome {
        case resize(Int)
        case unchanged(String)
    }

    private func scaleOut(
        _ provider: CapacityProvider, _ policy: ManagedPolicy, _ reservation: Reservation, _ group: AutoScalingGroup,
        at now: Instant
    ) -> Outcome {
        if let reason = warmingInstances(of: provider, group: group, at: now) { return .unchanged(reason) }
        guard reservation.percent > Double(reservation.target), let proposed = reservation.proposedSize else {
            return .unchanged("the reservation is back at \(reservation.percentText)")
        }
        let maximum = group.specification.maxSize
        guard group.desiredCapacity < maximum else {
            return .unchanged(
                "group \(group.name) is at its maximum of \(counted(maximum, "instance")) and \(proposed) are needed")
        }
        let size = min(proposed, maximum)
        return size > group.desiredCapacity
            ? .resize(size) : .unchanged("group \(group.name) wants \(group.desiredCapacity) instances already")
    }

    /// Gives up at most half of the instances a minute, and one at least.
    private func scaleIn(
        _ provider: CapacityProvider, _ policy: ManagedPolicy, _ reservation: Reservation, _ group: AutoScalingGroup,
        present: Int, at now: Instant
    ) -> Outcome {
        if let reason = warmingInstances(of: provider, group: group, at: now) { return .unchanged(reason) }
        if let last = policy.lastScaleOut, now < last + pace(CapacityLimits.scaleInDelay) {
            return .unchanged("it scaled out less than 15 min ago, at \(CalendarTime(last).timeText)")
        }
        guard reservation.percent < Double(reservation.target), let proposed = reservation.proposedSize else {
            return .unchanged("the reservation is back at \(reservation.percentText)")
        }
        let minimum = group.specification.minSize
        guard group.desiredCapacity > minimum else {
            return .unchanged("group \(group.name) is at its minimum of \(counted(minimum, "instance"))")
        }
        let size = max(proposed, present - max(1, present / 2), minimum)
        return size < group.desiredCapacity
            ? .resize(size)
            : .unchanged("group \(group.name) wants \(group.desiredCapacity) and the target asks for \(proposed)")
    }

    private func warmingInstances(
        of provider: CapacityProvider, group: AutoScalingGroup, at now: Instant
    ) -> String? {
        let warmup = provider.managedScaling.warmup
        let warming = liveMembers(of: group).count { instance in
            guard instance.isLaunchedByPolicy else { return false }
            return instance.runningAt.map { now < $0 + pace(.seconds(warmup)) } ?? true
        }
        return warming > 0 ? "\(counted(warming, "new instance")) must first have warmed up for \(warmup) s" : nil
    }
}
