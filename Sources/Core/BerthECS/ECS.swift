package import BerthKernel
package import OrderedCollections

/// Amazon ECS: clusters, task definitions, services, tasks and container instances.
///
/// It decides which tasks should run and where, and hears what became of them. Instances come and go by facts
/// from capacity; tasks start and stop by effects a runtime performs. A service is looked after in *passes*: at
/// once after whatever a user, a scaling policy or an instance did, and at most every ten seconds after what its
/// own tasks did, so that a task that always crashes does not spin.
package struct ECS: Sendable, Equatable, Codable {
    package let tenancy: Tenancy
    package let pace: Pace
    package let settings: ECSSettings

    package internal(set) var clusters: OrderedDictionary<String, Cluster> = [:]
    /// What capacity told about providers.
    ///
    /// The two of Fargate exist from the start.
    package internal(set) var providers: OrderedDictionary<String, ProviderFacts>
    package internal(set) var taskDefinitions: OrderedDictionary<TaskDefinitionKey, TaskDefinition> = [:]
    package internal(set) var services: OrderedDictionary<ServiceKey, ECSService> = [:]
    /// Every task, stopped ones for an hour more.
    package internal(set) var tasks: OrderedDictionary<TaskID, ECSTask> = [:]
    package internal(set) var instances: OrderedDictionary<ContainerInstanceID, ContainerInstance> = [:]

    /// The newest revision number ever given in each family.
    var lastRevisions: OrderedDictionary<String, Int> = [:]
    var instanceIndex: OrderedDictionary<InstanceID, ContainerInstanceID> = [:]
    /// Tasks in PROVISIONING that look for an instance, oldest first.
    var waiting: OrderedSet<TaskID> = []
    var agenda = Agenda()
    var random: ECSRandomness
    /// What the current call still has to look after; empty between calls.
    var unsettled = Unsettled()
    var outbox: [ECSEvent] = []

    package init(tenancy: Tenancy, pace: Pace, seed: UInt64, settings: ECSSettings = .init()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
        random = ECSRandomness(seed: seed)
        providers = [
            "FARGATE": ProviderFacts(name: "FARGATE", kind: .fargate, scalesItself: true),
            "FARGATE_SPOT": ProviderFacts(name: "FARGATE_SPOT", kind: .fargateSpot, scalesItself: true),
        ]
    }

    /// When time alone will change something next, or when it is at least worth asking.
    package var nextDeadline: Instant? { agenda.earliest }

    /// Meets every deadline up to `now` at its own moment, in order.
    package mutating func advance(to now: Instant) {
        while let entry = agenda.popDue(at: now) {
            switch entry.subject {
            case .task(let id): meetDeadline(of: id, at: entry.instant)
            case .service(let key):
                if services[key]?.nextPass == entry.instant { unsettled.services.append(key) }
            }
            settle(at: entry.instant)
        }
    }

    /// What happened since this was last asked, in order.
    package mutating func drain() -> [ECSEvent] {
        defer { outbox = [] }
        return outbox
    }

    /// Looks after everything the current call touched until nothing is left.
    ///
    /// A pass may free resources and so make a cluster's waiting tasks worth another look; that look starts
    /// tasks and frees nothing, so this ends.
    mutating func settle(at now: Instant) {
        while true {
            if !unsettled.services.isEmpty {
                pass(unsettled.services.removeFirst(), at: now)
            } else if !unsettled.clusters.isEmpty {
                placeWaitingTasks(in: unsettled.clusters.removeFirst(), at: now)
            } else {
                break
            }
        }
        for key in unsettled.counts {
            outbox.append(.countsChanged(cluster: key.cluster, service: key.service))
        }
        unsettled.counts = []
    }

    /// Lets the service have a pass as soon as its rhythm allows: after what its own tasks did.
    mutating func requestPass(_ key: ServiceKey, at now: Instant) {
        guard let service = services[key], service.status != .inactive else { return }
        let due = service.lastPass.map { max(now, $0 + pace(settings.schedulerPass)) } ?? now
        if due <= now {
            unsettled.services.append(key)
        } else {
            schedulePass(key, at: due)
        }
    }

    /// Sees to it that the service has a pass no later than `due`.
    mutating func schedulePass(_ key: ServiceKey, at due: Instant) {
        guard let service = services[key], service.nextPass.map({ due < $0 }) ?? true else { return }
        services[key]?.nextPass = due
        agenda.add(.service(key), at: due)
    }

    mutating func decide(_ kind: Decision.Kind, _ subject: String, _ sentence: String, at now: Instant) {
        outbox.append(.decided(Decision(instant: now, kind: kind, subject: subject, sentence: sentence)))
    }
}

/// What a call touched and has not looked after yet.
struct Unsettled: Sendable, Equatable, Codable {
    /// Services to have a pass now.
    var services: OrderedSet<ServiceKey> = []
    /// Clusters whose waiting tasks are worth another look.
    var clusters: OrderedSet<String> = []
    /// Services of which to say that their counts changed.
    var counts: OrderedSet<ServiceKey> = []
}

/// One stream per kind of id or choice, so that one more of one kind moves nothing else.
struct ECSRandomness: Sendable, Equatable, Codable {
    var tasks: RandomStream
    var containers: RandomStream
    var instances: RandomStream
    var deployments: RandomStream
    var events: RandomStream
    var placement: RandomStream
    var victims: RandomStream

    init(seed: UInt64) {
        tasks = RandomStream(seed: seed, purpose: "ecs.tasks")
        containers = RandomStream(seed: seed, purpose: "ecs.containers")
        instances = RandomStream(seed: seed, purpose: "ecs.instances")
        deployments = RandomStream(seed: seed, purpose: "ecs.deployments")
        events = RandomStream(seed: seed, purpose: "ecs.events")
        placement = RandomStream(seed: seed, purpose: "ecs.placement")
        victims = RandomStream(seed: seed, purpose: "ecs.victims")
    }

    /// `ecs-svc/` and 19 digits.
    mutating func deploymentID() -> String {
        "ecs-svc/\(1_000_000_000_000_000_000 + deployments.next() % 8_000_000_000_000_000_000)"
    }
}
