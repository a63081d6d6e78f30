import BerthECS
import BerthKernel
import OrderedCollections

// The members of a container definition that Berth keeps and hands back without acting on them.

struct MountPointShape: Codable, Sendable {
    let sourceVolume: String?
    let containerPath: String?
    let readOnly: Bool?

    init(_ mount: RecordedContainerProperties.Mount) {
        sourceVolume = mount.sourceVolume
        containerPath = mount.containerPath
        readOnly = mount.isReadOnly
    }
}

/// Accepted and not kept.
struct VolumeFromShape: Codable, Sendable {
    let sourceContainer: String?
    let readOnly: Bool?
}

struct SecretShape: Codable, Sendable {
    let name: String
    let valueFrom: String
}

struct EnvironmentFileShape: Codable, Sendable {
    let value: String
    let type: String
}

struct UlimitShape: Codable, Sendable {
    let name: String
    let softLimit: Int
    let hardLimit: Int

    init(_ limit: RecordedContainerProperties.Ulimit) {
        name = limit.name
        softLimit = limit.softLimit
        hardLimit = limit.hardLimit
    }
}

struct RestartPolicyShape: Codable, Sendable {
    let enabled: Bool
    let ignoredExitCodes: [Int]?
    let restartAttemptPeriod: Int?

    init(_ policy: RecordedContainerProperties.RestartPolicy) {
        enabled = policy.isEnabled
        ignoredExitCodes = policy.ignoredExitCodes
        restartAttemptPeriod = policy.restartAttemptPeriod
    }
}

struct LinuxParametersShape: Codable, Sendable {
    let initProcessEnabled: Bool?
}

extension ContainerDefinitionShape {
    var recorded: RecordedContainerProperties {
        var properties = RecordedContainerProperties()
        properties.secrets = secrets.orEmpty.map { .init(name: $0.name, value: $0.valueFrom) }
        properties.environmentFiles = environmentFiles.orEmpty.map(\.value)
        properties.mountPoints = mountPoints.orEmpty.map {
            .init(
                sourceVolume: $0.sourceVolume, containerPath: $0.containerPath, isReadOnly: $0.readOnly ?? false)
        }
        properties.ulimits = ulimits.orEmpty.map {
            .init(name: $0.name, softLimit: $0.softLimit, hardLimit: $0.hardLimit)
        }
        properties.dockerLabels = (dockerLabels ?? [:]).map { .init(name: $0.key, value: $0.value) }
        properties.restartPolicy = restartPolicy.map {
            .init(
                isEnabled: $0.enabled, ignoredExitCodes: $0.ignoredExitCodes ?? [],
                restartAttemptPeriod: $0.restartAttemptPeriod ?? 300)
        }
        properties.user = user
        properties.hostname = hostname
        properties.isPrivileged = privileged
        properties.hasReadOnlyRootFilesystem = readonlyRootFilesystem
        properties.isInteractive = interactive
        properties.hasPseudoTerminal = pseudoTerminal
        properties.hasInitProcess = linuxParameters?.initProcessEnabled
        return properties
    }
}
