import BerthECS

struct ClusterShape: Encodable, Sendable {
    struct Setting: Codable, Sendable {
        let name: String
        let value: String
    }

    let clusterArn: String
    let clusterName: String
    let status: String
    let registeredContainerInstancesCount: Int
    let runningTasksCount: Int
    let pendingTasksCount: Int
    let activeServicesCount: Int
    let statistics: [NameValueShape]
    let tags: [TagShape]
    let settings: [Setting]
    let capacityProviders: [String]
    let defaultCapacityProviderStrategy: [StrategyItemShape]

    /// A cluster with what `include` asks for: tags and settings are empty otherwise.
    init(_ cluster: Cluster, in ecs: ECS, include: [String]) {
        let counts = ecs.counts(of: cluster.name)
        clusterArn = cluster.arn
        clusterName = cluster.name
        status = cluster.status.rawValue
        registeredContainerInstancesCount = counts.registeredContainerInstances
        runningTasksCount = counts.runningTasks
        pendingTasksCount = counts.pendingTasks
        activeServicesCount = counts.activeServices
        statistics = []
        tags = include.contains("TAGS") ? cluster.tags.map(TagShape.init) : []
        settings =
            include.contains("SETTINGS") ? cluster.settings.map { Setting(name: $0.name, value: $0.value) } : []
        capacityProviders = cluster.capacityProviders
        defaultCapacityProviderStrategy = cluster.defaultStrategy.map(StrategyItemShape.init)
    }
}
