import BerthKernel
import BerthMetrics
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::CloudWatch::Alarm*. `Ref` gives the name.
    static let alarm = ResourceType(
        "AWS::CloudWatch::Alarm",
        properties: [
            "AlarmName": .modelled, "AlarmDescription": .recorded, "ActionsEnabled": .modelled,
            "AlarmActions": .modelled, "OKActions": .modelled, "InsufficientDataActions": .modelled,
            "ComparisonOperator": .modelled, "DatapointsToAlarm": .modelled, "Dimensions": .modelled,
            "EvaluationPeriods": .modelled, "MetricName": .modelled, "Metrics": .modelled, "Namespace": .modelled,
            "Period": .modelled, "Statistic": .modelled, "ExtendedStatistic": .modelled, "Threshold": .modelled,
            "TreatMissingData": .modelled, "Unit": .modelled, "Tags": .recorded,
            "EvaluateLowSampleCountPercentile": .notSupported, "ThresholdMetricId": .notSupported,
        ],
        attributes: ["Arn"],
        create: { action, world throws(Refusal) in
            let definition = try alarmDefinition(action)
            if world.metrics.alarms[definition.name] != nil {
                throw action.alreadyExists("AlarmName", definition.name)
            }
            try world.metrics.putAlarm(definition, at: world.now)
            let arn = world.configuration.tenancy.arn("cloudwatch", "alarm:\(definition.name)")
            return .complete(physicalID: definition.name, attributes: ["Arn": .string(arn)])
        },
        delete: { name, _, world throws(Refusal) in
            world.metrics.deleteAlarms([name], at: world.now)
            return .done
        })

    private static func alarmDefinition(_ action: ResourceAction) throws(Refusal) -> AlarmDefinition {
        let properties = action.properties
        let period = try properties.int("Period") ?? 60
        let queries =
            if let metrics = try properties.maps("Metrics") {
                try metricQueries(metrics, period: period)
            } else {
                [try plainQuery(properties, period: period)]
            }
        let comparison = try properties.required("ComparisonOperator", try properties.string("ComparisonOperator"))
        guard let comparison = AlarmDefinition.Comparison(rawValue: comparison) else {
            throw properties.invalid("ComparisonOperator", "#: \(comparison) is not a valid enum value")
        }
        let evaluated = queries.compactMap(\.period).max() ?? .seconds(period)
        var definition = AlarmDefinition(
            name: try properties.string("AlarmName") ?? action.defaultName(), queries: queries,
            period: properties.value("Metrics") == nil ? .seconds(period) : evaluated,
            evaluationPeriods: try properties.required("EvaluationPeriods", try properties.int("EvaluationPeriods")),
            threshold: try properties.required("Threshold", try properties.double("Threshold")),
            comparison: comparison)
        definition.summary = try properties.string("AlarmDescription")
        definition.actionsEnabled = try properties.bool("ActionsEnabled") ?? true
        definition.alarmActions = try properties.strings("AlarmActions") ?? []
        definition.okActions = try properties.strings("OKActions") ?? []
        definition.insufficientDataActions = try properties.strings("InsufficientDataActions") ?? []
        definition.datapointsToAlarm = try properties.int("DatapointsToAlarm")
        definition.missingData = try properties.string("TreatMissingData").flatMap(AlarmDefinition.MissingData.init)
        definition.tags = try action.allTags()
        return definition
    }

    private static func plainQuery(
        _ properties: ResourceProperties, period: Int
    ) throws(Refusal) -> AlarmDefinition.Query {
        let extended = try properties.string("ExtendedStatistic")
        let statistic = try properties.string("Statistic") ?? extended
        return AlarmDefinition.Query(
            id: "",
            source: .metric(
                try metricIdentity(properties), statistic: statistic ?? "Average", period: .seconds(period),
                unit: try properties.string("Unit")))
    }

    /// `Namespace`, `MetricName` and `Dimensions`, which alarms and customized metrics spell alike.
    static func metricIdentity(_ properties: ResourceProperties) throws(Refusal) -> MetricIdentity {
        var dimensions: [MetricIdentity.Dimension] = []
        for entry in try properties.maps("Dimensions") ?? [] {
            dimensions.append(
                .init(name: try entry.string("Name") ?? "", value: try entry.string("Value") ?? ""))
        }
        return MetricIdentity(
            namespace: try properties.string("Namespace") ?? "", name: try properties.string("MetricName") ?? "",
            dimensions: dimensions)
    }

    /// The members of a `Metrics` list: series with their statistics, and expressions over them.
    static func metricQueries(
        _ entries: [ResourceProperties], period: Int
    ) throws(Refusal) -> [AlarmDefinition.Query] {
        var queries: [AlarmDefinition.Query] = []
        for entry in entries {
            queries.append(
                AlarmDefinition.Query(
                    id: try entry.string("Id") ?? "", source: try source(entry, period: period),
                    label: try entry.string("Label"), returnsData: try entry.bool("ReturnData") ?? true))
        }
        return queries
    }

    private static func source(
        _ entry: ResourceProperties, period: Int
    ) throws(Refusal) -> AlarmDefinition.Query.Source {
        guard let statistic = try entry.map("MetricStat") else {
            return .expression(try entry.required("Expression", try entry.string("Expression")))
        }
        let metric = try statistic.required("Metric", try statistic.map("Metric"))
        return .metric(
            try metricIdentity(metric), statistic: try statistic.string("Stat") ?? "Average",
            period: .seconds(try statistic.int("Period") ?? period), unit: try statistic.string("Unit"))
    }
}

extension AlarmDefinition.Query {
    fileprivate var period: Duration? {
        if case .metric(_, _, let period, _) = source { period } else { nil }
    }
}
