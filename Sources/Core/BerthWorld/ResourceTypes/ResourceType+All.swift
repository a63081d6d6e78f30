extension ResourceType {
    /// Every type Berth knows, a line each.
    ///
    /// Validation, provisioning and the fidelity table are made from it.
    package static let all: [ResourceType] =
        [
            .alarm, .autoScalingGroup, .capacityProvider, .cluster, .clusterCapacityProviderAssociations,
            .launchTemplate, .queue, .scalableTarget, .scalingPolicy, .service, .subnet, .taskDefinition,
        ] + recordedTypes
}
