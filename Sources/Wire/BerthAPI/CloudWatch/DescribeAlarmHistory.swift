import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld

enum DescribeAlarmHistory: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "DescribeAlarmHistory"

    struct Input: Decodable, Sendable {
        let AlarmName: String?
        let AlarmTypes: [String]?
        let HistoryItemType: AlarmHistoryItem.Kind?
        let StartDate: Instant?
        let EndDate: Instant?
        let MaxRecords: Int?
        let NextToken: String?
        let ScanBy: MetricScan?
    }

    struct Item: Encodable, Sendable {
        let AlarmName: String
        let AlarmType = "MetricAlarm"
        let Timestamp: Instant
        let HistoryItemType: String
        let HistorySummary: String
        let HistoryData: String
    }

    struct Output: Encodable, Sendable {
        let AlarmHistoryItems: [Item]
        let NextToken: String?
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let isForMetrics = input.AlarmTypes.orEmpty.isEmpty || input.AlarmTypes.orEmpty.contains("MetricAlarm")
        let items = world.metrics.history(
            of: input.AlarmName, kind: input.HistoryItemType, from: input.StartDate, to: input.EndDate)
        // Counted from the oldest item, so that new ones do not shift the next page.
        let numbered = (isForMetrics ? Array(items.reversed()) : []).enumerated().map { ($0, $1) }
        let page = try Page(
            input.ScanBy == .TimestampAscending ? numbered : numbered.reversed(), after: input.NextToken,
            limit: input.MaxRecords ?? 100, invalid: .invalidMetricsToken, key: { "\($0.0)" })
        return Output(AlarmHistoryItems: page.elements.map { item($0.1) }, NextToken: page.nextToken)
    }

    private static func item(_ item: AlarmHistoryItem) -> Item {
        Item(
            AlarmName: item.alarm, Timestamp: item.instant, HistoryItemType: item.kind.rawValue,
            HistorySummary: item.summary, HistoryData: item.data)
    }
}

/// In which order readings and history come.
enum MetricScan: String, Decodable, Sendable {
    case TimestampAscending, TimestampDescending
}
