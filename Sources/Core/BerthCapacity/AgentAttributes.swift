import BerthKernel

/// What the ECS agent says about itself and its instance when it registers.
enum AgentAttributes {
    /// Flags without a value: what task definitions can require of an instance.
    ///
    /// - AWS: ECS Developer Guide, *Amazon ECS container instance capabilities*.
    private static let capabilities =
        (17...44).map { "com.amazonaws.ecs.capability.docker-remote-api.1.\($0)" }
        + ["awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "local", "none", "splunk", "syslog"]
        .map { "com.amazonaws.ecs.capability.logging-driver.\($0)" }
        + ["ecr-auth", "privileged-container", "task-iam-role", "task-iam-role-network-host"]
        .map { "com.amazonaws.ecs.capability.\($0)" }
        + [
            "aws-appmesh", "container-health-check", "container-ordering",
            "docker-plugin.local", "efs", "efsAuth", "env-files.s3", "execution-role-awslogs",
            "execution-role-ecr-pull", "firelens.fluentbit", "firelens.fluentd", "full-sync",
            "increased-task-cpu-limit", "network.container-port-range", "pid-ipc-namespace-sharing",
            "private-registry-authentication.secretsmanager", "secrets.asm.environment-variables",
            "secrets.ssm.environment-variables", "service-connect-v1", "task-cpu-mem-limit",
            "task-eni",
        ].map { "ecs.capability.\($0)" }

    /// All attributes of an instance, sorted by name.
    static func all(
        of instance: Instance, type: InstanceType, vpc: String, custom: [InstanceFacts.Attribute]
    ) -> [InstanceFacts.Attribute] {
        let builtIn: [(String, String)] = [
            ("ecs.ami-id", instance.imageID),
            ("ecs.availability-zone", instance.zone),
            ("ecs.cpu-architecture", type.architecture),
            ("ecs.instance-type", instance.type),
            ("ecs.os-family", "LINUX"),
            ("ecs.os-type", "linux"),
            ("ecs.subnet-id", instance.subnet),
            ("ecs.vpc-id", vpc),
        ]
        let attributes =
            builtIn.map { InstanceFacts.Attribute(name: $0.0, value: $0.1) }
            + capabilities.map { InstanceFacts.Attribute(name: $0, value: nil) } + custom
        return attributes.sorted { $0.name < $1.name }
    }
}
