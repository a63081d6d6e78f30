package import BerthKernel

/// One container of a task definition.
///
/// Health checks, secrets, logging, mounts and limits are recorded and handed back as they came; a runtime
/// sees the command, environment, directory, ports and stop timeout.
package struct ContainerDefinition: Hashable, Codable, Sendable {
    package var name: String
    package var image: String
    /// Shares of the instance's CPU; zero when none are asked for.
    package var cpu: CPUUnits
    /// Hard limit.
    package var memory: MiB?
    /// What placement reserves, when given, instead of the hard limit.
    package var memoryReservation: MiB?
    /// The task ends with this container.
    package var isEssential: Bool
    package var entryPoint: [String]
    package var command: [String]
    package var environment: [ContainerLaunch.Variable]
    package var workingDirectory: String?
    package var portMappings: [PortMapping]
    package var resourceRequirements: [ResourceRequirement]
    package var dependsOn: [Dependency]
    package var startTimeout: Int?
    /// Seconds between the stop signal and the kill; 30 when omitted.
    package var stopTimeout: Int?
    package var healthCheck: HealthCheck?
    package var logConfiguration: LogConfiguration?
    package var recorded: RecordedContainerProperties

    package struct PortMapping: Hashable, Codable, Sendable {
        package var containerPort: Int
        /// `nil` or 0: any free port.
        ///
        /// In `awsvpc` and `host` mode always the container's own.
        package var hostPort: Int?
        package var isUDP: Bool
        package var name: String?
        package var appProtocol: String?

        package init(
            containerPort: Int, hostPort: Int? = nil, isUDP: Bool = false, name: String? = nil,
            appProtocol: String? = nil
        ) {
            self.containerPort = containerPort
            self.hostPort = hostPort
            self.isUDP = isUDP
            self.name = name
            self.appProtocol = appProtocol
        }
    }

    /// GPUs or inference accelerators; `value` is a count for `GPU`.
    package struct ResourceRequirement: Hashable, Codable, Sendable {
        package var type: String
        package var value: String

        package init(type: String, value: String) {
            self.type = type
            self.value = value
        }
    }

    package struct Dependency: Hashable, Codable, Sendable {
        package var container: String
        /// START, COMPLETE, SUCCESS or HEALTHY.
        ///
        /// Berth orders starts by it and waits for START only.
        package var condition: String

        package init(container: String, condition: String) {
            self.container = container
            self.condition = condition
        }
    }

    package struct HealthCheck: Hashable, Codable, Sendable {
        package var command: [String]
        package var interval: Int
        package var timeout: Int
        package var retries: Int
        package var startPeriod: Int?

        package init(
            command: [String], interval: Int = 30, timeout: Int = 5, retries: Int = 3, startPeriod: Int? = nil
        ) {
            self.command = command
            self.interval = interval
            self.timeout = timeout
            self.retries = retries
            self.startPeriod = startPeriod
        }
    }

    package struct LogConfiguration: Hashable, Codable, Sendable {
        package var driver: String
        package var options: [ContainerLaunch.Variable]

        package init(driver: String, options: [ContainerLaunch.Variable] = []) {
            self.driver = driver
            self.options = options
        }
    }

    package init(
        name: String, image: String, cpu: CPUUnits = 0, memory: MiB? = nil, memoryReservation: MiB? = nil,
        isEssential: Bool = true, entryPoint: [String] = [], command: [String] = [],
        environment: [ContainerLaunch.Variable] = [], workingDirectory: String? = nil,
        portMappings: [PortMapping] = [], resourceRequirements: [ResourceRequirement] = [],
        dependsOn: [Dependency] = [], startTimeout: Int? = nil, stopTimeout: Int? = nil,
        healthCheck: HealthCheck? = nil, logConfiguration: LogConfiguration? = nil,
        recorded: RecordedContainerProperties = .init()
    ) {
        self.name = name
        self.image = image
        self.cpu = cpu
        self.memory = memory
        self.memoryReservation = memoryReservation
        self.isEssential = isEssential
        self.entryPoint = entryPoint
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.portMappings = portMappings
        self.resourceRequirements = resourceRequirements
        self.dependsOn = dependsOn
        self.startTimeout = startTimeout
        self.stopTimeout = stopTimeout
        self.healthCheck = healthCheck
        self.logConfiguration = logConfiguration
        self.recorded = recorded
    }
}

/// What a container definition may say that Berth keeps and hands back without acting on it.
package struct RecordedContainerProperties: Hashable, Codable, Sendable {
    package struct Mount: Hashable, Codable, Sendable {
        package var sourceVolume: String?
        package var containerPath: String?
        package var isReadOnly: Bool

        package init(sourceVolume: String? = nil, containerPath: String? = nil, isReadOnly: Bool = false) {
            self.sourceVolume = sourceVolume
            self.containerPath = containerPath
            self.isReadOnly = isReadOnly
        }
    }

    package struct Ulimit: Hashable, Codable, Sendable {
        package var name: String
        package var softLimit: Int
        package var hardLimit: Int

        package init(name: String, softLimit: Int, hardLimit: Int) {
            self.name = name
            self.softLimit = softLimit
            self.hardLimit = hardLimit
        }
    }

    package struct RestartPolicy: Hashable, Codable, Sendable {
        package var isEnabled: Bool
        package var ignoredExitCodes: [Int]
        package var restartAttemptPeriod: Int

        package init(isEnabled: Bool, ignoredExitCodes: [Int] = [], restartAttemptPeriod: Int = 300) {
            self.isEnabled = isEnabled
            self.ignoredExitCodes = ignoredExitCodes
            self.restartAttemptPeriod = restartAttemptPeriod
        }
    }

    /// Name and `valueFrom` of each secret.
    package var secrets: [ContainerLaunch.Variable] = []
    /// ARNs of environment files in S3.
    package var environmentFiles: [String] = []
    package var mountPoints: [Mount] = []
    package var ulimits: [Ulimit] = []
    package var dockerLabels: [ContainerLaunch.Variable] = []
    package var restartPolicy: RestartPolicy?
    package var user: String?
    package var hostname: String?
    package var isPrivileged: Bool?
    package var hasReadOnlyRootFilesystem: Bool?
    package var isInteractive: Bool?
    package var hasPseudoTerminal: Bool?
    package var hasInitProcess: Bool?

    package init() {}
}
