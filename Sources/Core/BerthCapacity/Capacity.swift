package import BerthKernel
package import OrderedCollections

/// Instances and what they cost: launch templates, Auto Scaling groups and capacity providers.
///
/// Groups launch and terminate instances until they have as many as they want. Providers publish each minute
/// how much of their group tasks need, and size it when the alarms on that number call. Where tasks run is
/// not known here: ECS reports how many an instance holds.
package struct Capacity: Sendable, Equatable, Codable {
    package let tenancy: Tenancy
    package let pace: Pace
    package let settings: CapacitySettings
    package let network: Network

    /// By id.
    package internal(set) var launchTemplates: OrderedDictionary<String, LaunchTemplate> = [:]
    /// By name.
    package internal(set) var groups: OrderedDictionary<String, AutoScalingGroup> = [:]
    /// By name; `FARGATE` and `FARGATE_SPOT` are always there.
    package internal(set) var providers: OrderedDictionary<String, CapacityProvider> = [:]
    /// Oldest first.
    ///
    /// A terminated instance stays for an hour.
    package internal(set) var instances: OrderedDictionary<InstanceID, Instance> = [:]
    /// Zones in which EC2 has nothing to launch, sorted.
    package internal(set) var exhaustedZones: [String] = []

    var ledger = Ledger()
    var agenda = Agenda<Deadline>()
    var streams: Streams
    var outbox: [CapacityEvent] = []

    /// What time alone brings about.
    enum Deadline: Hashable, Codable, Sendable {
        case running(InstanceID)
        case registered(InstanceID)
        case terminated(InstanceID)
        case forgotten(InstanceID)
        /// The termination hook of managed draining runs out.
        case drainEnds(InstanceID)
        case reservation(provider: String)
        case launchRetry(group: String)
    }

    /// A stream per kind of id and decision.
    struct Streams: Hashable, Codable, Sendable {
        var instances: RandomStream
        var templates: RandomStream
        var activities: RandomStream
        var others: RandomStream
        var ties: RandomStream

        init(seed: UInt64) {
            instances = RandomStream(seed: seed, purpose: "capacity.instances")
            templates = RandomStream(seed: seed, purpose: "capacity.templates")
            activities = RandomStream(seed: seed, purpose: "capacity.activities")
            others = RandomStream(seed: seed, purpose: "capacity.others")
            ties = RandomStream(seed: seed, purpose: "capacity.ties")
        }
    }

    package init(tenancy: Tenancy, pace: Pace, seed: UInt64, settings: CapacitySettings = .init()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
        var networkIDs = RandomStream(seed: seed, purpose: "capacity.network")
        network = Network(region: tenancy.region, zoneCount: settings.zoneCount, ids: &networkIDs)
        streams = Streams(seed: seed)
        for (name, kind) in [("FARGATE", ProviderFacts.Kind.fargate), ("FARGATE_SPOT", .fargateSpot)] {
            let provider = CapacityProvider(
                name: name, arn: tenancy.arn("ecs", "capacity-provider/\(name)"), kind: kind, group: nil,
                createdAt: .epoch, managedScaling: .disabled, protectsBusyInstances: false, drainsInstances: false,
                tags: [])
            providers[name] = provider
            outbox.append(.providerChanged(provider.facts))
        }
    }

    /// The next moment at which time alone changes something.
    package var nextDeadline: Instant? { agenda.next }

    /// Lets time pass, meeting each deadline at its own moment.
    package mutating func advance(to now: Instant) {
        while let (instant, deadline) = agenda.take(until: now) {
            meet(deadline, at: instant)
        }
    }

    /// What happened since this was last asked, in order.
    package mutating func drain() -> [CapacityEvent] {
        defer { outbox = [] }
        return outbox
    }

    private mutating func meet(_ deadline: Deadline, at now: Instant) {
        switch deadline {
        case .running(let id): instanceRuns(id, at: now)
        case .registered(let id): instanceRegisters(id, at: now)
        case .terminated(let id): instanceIsTerminated(id, at: now)
        case .forgotten(let id): instances.removeValue(forKey: id)
        case .drainEnds(let id): drainEnds(id, at: now)
        case .reservation(let provider): reservationFallsDue(provider, at: now)
        case .launchRetry(let group): retryLaunch(group, at: now)
        }
    }

    mutating func decide(_ kind: Decision.Kind, _ subject: String, _ sentence: String, at now: Instant) {
        outbox.append(.decided(Decision(instant: now, kind: kind, subject: subject, sentence: sentence)))
    }
}
