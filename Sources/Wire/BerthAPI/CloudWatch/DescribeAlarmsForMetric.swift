import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld
import OrderedCollections

enum DescribeAlarmsForMetric: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "DescribeAlarmsForMetric"

    struct Input: Decodable, Sendable {
        let MetricName: String
        let Namespace: String
        let Statistic: String?
        let ExtendedStatistic: String?
        let Dimensions: [DimensionShape]?
        let Period: Int?
        let Unit: String?
    }

    struct Output: Encodable, Sendable {
        let MetricAlarms: [MetricAlarmShape]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let identity = MetricIdentity(
            namespace: input.Namespace, name: input.MetricName, dimensions: input.Dimensions.orEmpty.map(\.dimension))
        let statistic = input.Statistic ?? input.ExtendedStatistic
        let alarms = world.metrics.alarms.values.filter { alarm in
            guard let series = alarm.definition.series, series.identity == identity else { return false }
            return (statistic == nil || series.statistic == statistic)
                && (input.Unit == nil || series.unit == input.Unit)
                && (input.Period == nil || alarm.definition.period.wholeSeconds == input.Period)
        }
        return Output(MetricAlarms: alarms.map(MetricAlarmShape.init))
    }
}
