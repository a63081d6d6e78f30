import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeAlarms: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "DescribeAlarms"
    static let note = "Metric alarms only: there are no composite alarms."

    struct Input: Decodable, Sendable {
        let AlarmNames: [String]?
        let AlarmNamePrefix: String?
        let AlarmTypes: [String]?
        let ChildrenOfAlarmName: String?
        let ParentsOfAlarmName: String?
        let StateValue: AlarmState?
        let ActionPrefix: String?
        let MaxRecords: Int?
        let NextToken: String?
    }

    struct Output: Encodable, Sendable {
        let CompositeAlarms: [EmptyShape] = []
        let MetricAlarms: [MetricAlarmShape]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let alarms = world.metrics.alarms.values.filter { input.asksFor($0) }
            .sorted { $0.definition.name < $1.definition.name }
        let page = try Page(
            alarms, after: input.NextToken, limit: input.MaxRecords ?? 50, invalid: .invalidMetricsToken,
            key: \.definition.name)
        return Output(MetricAlarms: page.elements.map(MetricAlarmShape.init), NextToken: page.nextToken)
    }
}

extension DescribeAlarms.Input {
    /// An empty list of names asks for every alarm, as no list does.
    fileprivate func asksFor(_ alarm: Alarm) -> Bool {
        let name = alarm.definition.name
        let actions =
            alarm.definition.alarmActions + alarm.definition.okActions + alarm.definition.insufficientDataActions
        return AlarmTypes.orEmpty.isEmpty || AlarmTypes.orEmpty.contains("MetricAlarm")
            ? ChildrenOfAlarmName == nil && ParentsOfAlarmName == nil
                && (AlarmNames.orEmpty.isEmpty || AlarmNames.orEmpty.contains(name))
                && name.hasPrefix(AlarmNamePrefix ?? "") && (StateValue == nil || StateValue == alarm.state)
                && (ActionPrefix.map { prefix in actions.contains { $0.hasPrefix(prefix) } } ?? true)
            : false
    }
}
