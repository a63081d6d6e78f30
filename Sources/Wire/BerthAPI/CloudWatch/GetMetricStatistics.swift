import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld
import OrderedCollections

enum GetMetricStatistics: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "GetMetricStatistics"

    struct Input: Decodable, Sendable {
        let Namespace: String
        let MetricName: String
        let Dimensions: [DimensionShape]?
        let StartTime: Instant
        let EndTime: Instant
        let Period: Int
        let Statistics: [String]?
        let ExtendedStatistics: [String]?
        let Unit: String?
    }

    struct Datapoint: Encodable, Sendable {
        let Timestamp: Instant
        let SampleCount: Double?
        let Average: Double?
        let Sum: Double?
        let Minimum: Double?
        let Maximum: Double?
        let Unit: String
        /// Absent when none was asked for.
        let ExtendedStatistics: OrderedDictionary<String, Double>?
    }

    struct Output: Encodable, Sendable {
        let Label: String
        let Datapoints: [Datapoint]
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let extended = input.ExtendedStatistics ?? []
        let points = try world.metrics.statistics(
            StatisticsRequest(
                identity: MetricIdentity(
                    namespace: input.Namespace, name: input.MetricName,
                    dimensions: input.Dimensions.orEmpty.map(\.dimension)),
                start: input.StartTime, end: input.EndTime, period: .seconds(input.Period),
                statistics: input.Statistics ?? [], extendedStatistics: extended, unit: input.Unit))
        return Output(Label: input.MetricName, Datapoints: points.map { datapoint($0, extended: extended) })
    }

    private static func datapoint(_ point: StatisticsDatapoint, extended: [String]) -> Datapoint {
        let others: OrderedDictionary = point.values.filter { extended.contains($0.key) }
        return Datapoint(
            Timestamp: point.instant, SampleCount: point.values["SampleCount"], Average: point.values["Average"],
            Sum: point.values["Sum"], Minimum: point.values["Minimum"], Maximum: point.values["Maximum"],
            Unit: point.unit, ExtendedStatistics: others.isEmpty ? nil : others)
    }
}
