package import BerthKernel
import OrderedCollections

extension Capacity {
    /// Publishes a provider's reservation for this minute: the answer to `.reservationDue`.
    ///
    /// With managed termination protection this is also when protection follows work: while the reservation is
    /// below target, instances without tasks other than daemons lose theirs. Releasing once a minute, not at
    /// once, is why a stack deleted in a hurry strands protected instances, here as on AWS.
    package mutating func publishReservation(provider name: String, demand: [DemandGroup], at now: Instant) {
        guard let provider = providers[name], let policy = provider.policy,
            let group = provider.group.flatMap({ groups[$0] })
        else { return }
        let reservation = reservation(of: provider, group: group, demand: demand, at: now)
        providers[name]?.reservation = reservation
        let metric = Self.reservationMetric(provider: name, cluster: policy.cluster)
        outbox.append(.sample(MetricSample(metric, unit: "Percent", value: reservation.percent, at: now)))
        let last = provider.reservation
        if last?.basis != reservation.basis || last?.instances != reservation.instances {
            decide(
                .capacity, name,
                "Capacity provider \(name) has a reservation of \(reservation.percentText) against a target of "
                    + "\(reservation.target) %: \(reservation.explanation).", at: now)
        }
        if provider.protectsBusyInstances {
            adjustProtection(provider, group: group, isBelowTarget: reservation.percent < Double(reservation.target))
            reconcile(group.name, because: nil, at: now)
        }
    }

    static func reservationMetric(provider: String, cluster: String) -> MetricIdentity {
        MetricIdentity(
            namespace: "AWS/ECS/ManagedScaling", name: "CapacityProviderReservation",
            dimensions: [
                .init(name: "CapacityProviderName", value: provider), .init(name: "ClusterName", value: cluster),
            ])
    }

    mutating func reservationFallsDue(_ name: String, at now: Instant) {
        guard let policy = providers[name]?.policy, policy.nextReservation == now else { return }
        let next = now + pace.minute
        providers[name]?.policy?.nextReservation = next
        agenda.add(.reservation(provider: name), at: next)
        outbox.append(.reservationDue(provider: name, cluster: policy.cluster))
    }

    /// Instances that count for the provider: those of its group that start, or that registered for it.
    ///
    /// Instances that registered before the association have no provider and are not counted.
    func countedInstances(of provider: CapacityProvider, group: AutoScalingGroup) -> [Instance] {
        liveMembers(of: group).filter { $0.registeredAt == nil || $0.provider == provider.name }
    }

    private func reservation(
        of provider: CapacityProvider, group: AutoScalingGroup, demand: [DemandGroup], at now: Instant
    ) -> Reservation {
        let counted = countedInstances(of: provider, group: group)
        let waiting = demand.filter { $0.count > 0 }
        let tasks = waiting.reduce(0) { $0 + $1.count }
        let basis: Reservation.Basis
        if waiting.isEmpty {
            let empty = counted.count { $0.nonDaemonTasks == 0 }
            basis = counted.isEmpty ? .nothing : .occupied(empty: empty)
        } else if let more = instancesNeeded(by: waiting, group: group) {
            let scaling = provider.managedScaling
            let step = min(max(more, scaling.minimumStep), scaling.maximumStep)
            basis = counted.isEmpty ? .waitingAtZero(tasks: tasks) : .waiting(tasks: tasks, more: step)
        } else {
            basis = .impossible(tasks: tasks)
        }
        return Reservation(
            instant: now, instances: counted.count, basis: basis, target: provider.managedScaling.targetCapacity)
    }

    /// `nil` when no instance of the group could hold any of the tasks.
    private func instancesNeeded(by demand: [DemandGroup], group: AutoScalingGroup) -> Int? {
        guard let launch = group.specification.launch, let blueprint = try? blueprint(for: launch) else { return nil }
        let estimate = DemandEstimate(types: blueprint.types.map { $0.registeredResources(settings) })
        let counts = demand.filter(estimate.isCompatible).map(estimate.instances)
        switch settings.demandAggregate {
        case .maximum: return counts.max()
        case .sum: return counts.isEmpty ? nil : counts.reduce(0, +)
        }
    }

    private mutating func adjustProtection(
        _ provider: CapacityProvider, group: AutoScalingGroup, isBelowTarget: Bool
    ) {
        for instance in liveMembers(of: group) where instance.provider == provider.name {
            if instance.nonDaemonTasks > 0 {
                instances[instance.id]?.isProtected = true
            } else if isBelowTarget {
                instances[instance.id]?.isProtected = false
            }
        }
    }
}
