/// Everything a runtime needs to start one task, decided.
///
/// Starting the same launch twice is harmless: a runtime that already has this task and generation does
/// nothing. Reports that carry another generation than the task's own are ignored by the core.
public struct TaskLaunch: Hashable, Codable, Sendable {
    public let task: TaskID
    /// Counts the attempts to run this task; names the attempt in reports.
    public let generation: Int
    public let arn: String
    public let cluster: String
    /// The service the task belongs to, or `nil` for a standalone task.
    public let service: String?
    public let group: String
    public let family: String
    public let revision: Int
    public let zone: String
    public let instance: InstanceID?
    public let instanceType: String?
    public let cpu: CPUUnits
    public let memory: MiB
    /// In the order in which their dependencies allow them to start.
    public let containers: [ContainerLaunch]

    public init(
        task: TaskID, generation: Int, arn: String, cluster: String, service: String?, group: String, family: String,
        revision: Int, zone: String, instance: InstanceID?, instanceType: String?, cpu: CPUUnits, memory: MiB,
        containers: [ContainerLaunch]
    ) {
        self.task = task
        self.generation = generation
        self.arn = arn
        self.cluster = cluster
        self.service = service
        self.group = group
        self.family = family
        self.revision = revision
        self.zone = zone
        self.instance = instance
        self.instanceType = instanceType
        self.cpu = cpu
        self.memory = memory
        self.containers = containers
    }
}

/// One container of a task launch: the task definition with the overrides applied.
public struct ContainerLaunch: Hashable, Codable, Sendable {
    public struct Variable: Hashable, Codable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public let name: String
    public let image: String
    public let entryPoint: [String]
    public let command: [String]
    /// The task definition's environment and overrides; a driver adds what AWS adds (region, credentials, …).
    public let environment: [Variable]
    public let workingDirectory: String?
    public let isEssential: Bool
    /// How long the container may take between the stop signal and the kill.
    ///
    /// Never paced.
    public let stopTimeout: Duration
    /// Container ports, and the host port where one is fixed.
    public let ports: [PortMapping]

    public struct PortMapping: Hashable, Codable, Sendable {
        public let containerPort: Int
        public let hostPort: Int?
        public let isUDP: Bool

        public init(containerPort: Int, hostPort: Int?, isUDP: Bool) {
            self.containerPort = containerPort
            self.hostPort = hostPort
            self.isUDP = isUDP
        }
    }

    public init(
        name: String, image: String, entryPoint: [String] = [], command: [String] = [], environment: [Variable] = [],
        workingDirectory: String? = nil, isEssential: Bool = true, stopTimeout: Duration = .seconds(30),
        ports: [PortMapping] = []
    ) {
        self.name = name
        self.image = image
        self.entryPoint = entryPoint
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.isEssential = isEssential
        self.stopTimeout = stopTimeout
        self.ports = ports
    }
}

/// What a runtime says of a task it was told to start.
public struct TaskReport: Hashable, Codable, Sendable {
    public enum Event: Hashable, Codable, Sendable {
        /// All containers run; a runtime id (process id, container id) for each, in launch order.
        case started(runtimeIDs: [String])
        /// A container ended by itself or was stopped. No exit code when it never ran or was lost.
        case containerExited(container: String, exitCode: Int?, reason: String?)
        /// The task could not start: `CannotStartContainerError: …` and its kin.
        case failedToStart(container: String?, reason: String)
        /// Nothing of the task runs any more. Always the last report.
        case stopped
    }

    public let task: TaskID
    public let generation: Int
    public let event: Event

    public init(task: TaskID, generation: Int, event: Event) {
        self.task = task
        self.generation = generation
        self.event = event
    }
}
