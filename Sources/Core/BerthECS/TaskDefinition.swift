package import BerthKernel
package import BerthPlacement

/// One revision of a family.
///
/// Its content never changes; only its status does.
package struct TaskDefinition: Hashable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case active = "ACTIVE"
        /// Starts nothing new by name; services that use it keep running and can be scaled.
        case inactive = "INACTIVE"
    }

    package let key: TaskDefinitionKey
    package let arn: String
    package let specification: TaskDefinitionSpecification
    package internal(set) var status: Status
    package let registeredAt: Instant
    package internal(set) var deregisteredAt: Instant?
}

/// Names a revision: `family:revision`.
///
/// Revision numbers of a family are never used again.
package struct TaskDefinitionKey: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    package let family: String
    package let revision: Int

    package init(family: String, revision: Int) {
        self.family = family
        self.revision = revision
    }

    package var description: String { "\(family):\(revision)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.family, left.revision) < (right.family, right.revision)
    }
}

/// How the containers of a task are networked.
package enum NetworkMode: String, Codable, Sendable {
    case awsvpc, bridge, host, none
}

/// Where a task definition asks to run, and where a service or RunTask wants it.
package enum LaunchType: String, Codable, Sendable, CaseIterable {
    case ec2 = "EC2"
    case fargate = "FARGATE"

    /// The launch type an API call names.
    package init(named text: String) throws(Refusal) {
        guard let type = LaunchType(rawValue: text) else { throw .invalidLaunchType() }
        self = type
    }
}

/// What RegisterTaskDefinition is asked for.
///
/// `cpu` and `memory` are those of the whole task, already numbers: ``TaskSize`` reads AWS's texts.
package struct TaskDefinitionSpecification: Hashable, Codable, Sendable {
    package var family: String
    package var containers: [ContainerDefinition]
    package var cpu: CPUUnits?
    package var memory: MiB?
    /// `bridge` when omitted, on Linux.
    package var networkMode: NetworkMode
    package var requiresCompatibilities: [LaunchType]
    package var placementConstraints: [PlacementConstraint]
    package var taskRoleARN: String?
    package var executionRoleARN: String?
    /// Recorded.
    package var volumes: [Volume]
    /// Recorded.
    package var ephemeralStorageGiB: Int?
    package var runtimePlatform: RuntimePlatform?
    package var tags: [Tag]

    /// A volume by name, and the host's directory behind it when there is one.
    package struct Volume: Hashable, Codable, Sendable {
        package var name: String
        package var hostSourcePath: String?

        package init(name: String, hostSourcePath: String? = nil) {
            self.name = name
            self.hostSourcePath = hostSourcePath
        }
    }

    package struct RuntimePlatform: Hashable, Codable, Sendable {
        package var cpuArchitecture: String?
        package var operatingSystemFamily: String?

        package init(cpuArchitecture: String? = nil, operatingSystemFamily: String? = nil) {
            self.cpuArchitecture = cpuArchitecture
            self.operatingSystemFamily = operatingSystemFamily
        }
    }

    package init(
        family: String, containers: [ContainerDefinition], cpu: CPUUnits? = nil, memory: MiB? = nil,
        networkMode: NetworkMode = .bridge, requiresCompatibilities: [LaunchType] = [],
        placementConstraints: [PlacementConstraint] = [], taskRoleARN: String? = nil, executionRoleARN: String? = nil,
        volumes: [Volume] = [], ephemeralStorageGiB: Int? = nil, runtimePlatform: RuntimePlatform? = nil,
        tags: [Tag] = []
    ) {
        self.family = family
        self.containers = containers
        self.cpu = cpu
        self.memory = memory
        self.networkMode = networkMode
        self.requiresCompatibilities = requiresCompatibilities
        self.placementConstraints = placementConstraints
        self.taskRoleARN = taskRoleARN
        self.executionRoleARN = executionRoleARN
        self.volumes = volumes
        self.ephemeralStorageGiB = ephemeralStorageGiB
        self.runtimePlatform = runtimePlatform
        self.tags = tags
    }
}
