package import BerthKernel

/// A policy that keeps a metric at a value, by an alarm above it and one below.
package struct TargetTracking: Hashable, Codable, Sendable {
    package enum Metric: Hashable, Codable, Sendable {
        /// `ECSServiceAverageCPUUtilization` and its kin; a label names the target group where one is needed.
        case predefined(String, resourceLabel: String?)
        case customized(MetricIdentity, statistic: String, unit: String?)
        /// Metric math: the members of `Metrics`.
        case expression([AlarmDefinition.Query])
    }

    package var target: Double
    package var metric: Metric
    /// Seconds; 300 unless given.
    package var scaleOutCooldown: Int?
    package var scaleInCooldown: Int?
    /// No low alarm: the policy never scales in, nor keeps others from it.
    package var disablesScaleIn: Bool

    package init(
        target: Double, metric: Metric, scaleOutCooldown: Int? = nil, scaleInCooldown: Int? = nil,
        disablesScaleIn: Bool = false
    ) {
        self.target = target
        self.metric = metric
        self.scaleOutCooldown = scaleOutCooldown
        self.scaleInCooldown = scaleInCooldown
        self.disablesScaleIn = disablesScaleIn
    }

    /// The count that would bring the metric to its target, before bounds.
    ///
    /// Rounded up in both directions, so a scale-in never takes so much that the high alarm would follow.
    /// From nothing it grows by one: there is no proportion to go by (C.7).
    package func wanted(running: Int, value: Double) -> Int {
        guard running > 0 else { return value > target ? 1 : 0 }
        return Int(min((Double(running) * value / target).rounded(.up), 1e9))
    }

    /// The series or expression the alarms watch, or `nil` for a predefined metric nobody knows.
    func queries(for key: TargetKey) -> [AlarmDefinition.Query]? {
        switch metric {
        case .expression(let queries): return queries
        case .customized(let identity, let statistic, let unit):
            return [plain(identity, statistic: statistic, unit: unit)]
        case .predefined(let name, let label):
            guard let service = key.service else { return nil }
            let dimensions = [
                MetricIdentity.Dimension(name: "ClusterName", value: service.cluster),
                MetricIdentity.Dimension(name: "ServiceName", value: service.name),
            ]
            switch name {
            case "ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization":
                let metric = name == "ECSServiceAverageCPUUtilization" ? "CPUUtilization" : "MemoryUtilization"
                let identity = MetricIdentity(namespace: "AWS/ECS", name: metric, dimensions: dimensions)
                return [plain(identity, statistic: "Average", unit: "Percent")]
            case "ALBRequestCountPerTarget":
                guard let dimensions = label.flatMap(targetGroupDimensions) else { return nil }
                let identity = MetricIdentity(
                    namespace: "AWS/ApplicationELB", name: "RequestCountPerTarget", dimensions: dimensions)
                return [plain(identity, statistic: "Sum", unit: nil)]
            default: return nil
            }
        }
    }

    private func plain(_ identity: MetricIdentity, statistic: String, unit: String?) -> AlarmDefinition.Query {
        AlarmDefinition.Query(
            id: "",
            source: .metric(identity, statistic: statistic, period: ScalingLimits.alarmPeriod, unit: unit))
    }

    /// `app/x/y/targetgroup/a/b` names a load balancer and a target group.
    private func targetGroupDimensions(_ label: String) -> [MetricIdentity.Dimension]? {
        let parts = label.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "app", parts[3] == "targetgroup" else { return nil }
        return [
            MetricIdentity.Dimension(name: "LoadBalancer", value: parts[0..<3].joined(separator: "/")),
            MetricIdentity.Dimension(name: "TargetGroup", value: parts[3..<6].joined(separator: "/")),
        ]
    }
}
