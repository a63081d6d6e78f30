import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld

enum PutMetricData: WriteOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "PutMetricData"
    static let note = "Kept by the minute, whatever the storage resolution. Entities are not kept."
    typealias Output = NoOutput

    struct StatisticSet: Decodable, Sendable {
        let SampleCount: Double
        let Sum: Double
        let Minimum: Double
        let Maximum: Double
    }

    struct Datum: Decodable, Sendable {
        let MetricName: String
        let Dimensions: [DimensionShape]?
        let Timestamp: Instant?
        let Value: Double?
        let StatisticValues: StatisticSet?
        let Values: [Double]?
        let Counts: [Double]?
        let Unit: String?
    }

    struct EntityData: Decodable, Sendable {
        let MetricData: [Datum]?
    }

    struct Input: Decodable, Sendable {
        let Namespace: String
        let MetricData: [Datum]?
        let EntityMetricData: [EntityData]?
    }

    static func command(_ input: Input, _ context: RequestContext) -> PutMetricDataCommand {
        let datums = input.MetricData.orEmpty + input.EntityMetricData.orEmpty.flatMap(\.MetricData.orEmpty)
        return PutMetricDataCommand(namespace: input.Namespace, datums: datums.map(\.datum))
    }
}

extension PutMetricData.Datum {
    fileprivate var datum: MetricDatum {
        MetricDatum(
            name: MetricName, dimensions: Dimensions.orEmpty.map(\.dimension), timestamp: Timestamp, value: Value,
            values: Values ?? [], counts: Counts ?? [],
            summary: StatisticValues.map {
                .init(sampleCount: $0.SampleCount, sum: $0.Sum, minimum: $0.Minimum, maximum: $0.Maximum)
            },
            unit: Unit)
    }
}
