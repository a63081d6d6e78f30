import BerthKernel
import BerthMetrics
import BerthProtocols
import BerthWorld

enum GetMetricData: ReadOperation {
    static let service = ServiceDescription.cloudWatch
    static let name = "GetMetricData"

    struct Input: Decodable, Sendable {
        let MetricDataQueries: [MetricDataQueryShape]
        let StartTime: Instant
        let EndTime: Instant
        let NextToken: String?
        let ScanBy: MetricScan?
        let MaxDatapoints: Int?
    }

    struct Message: Encodable, Sendable {
        let Code: String
        let Value: String
    }

    struct Result: Encodable, Sendable {
        let Id: String
        let Label: String
        let Timestamps: [Instant]
        let Values: [Double]
        let StatusCode: String
        let Messages: [Message]?
    }

    struct Output: Encodable, Sendable {
        let MetricDataResults: [Result]
        let NextToken: String?
        let Messages: [Message] = []
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let results = try world.metrics.data(
            DataRequest(
                queries: try input.MetricDataQueries.queries(), start: input.StartTime, end: input.EndTime,
                newestFirst: input.ScanBy != .TimestampAscending))
        guard let passed = Int(input.NextToken ?? "0"), passed >= 0 else { throw Refusal.invalidMetricsToken }
        return page(of: results, passing: passed, limit: min(max(input.MaxDatapoints ?? limit, 1), limit))
    }

    /// Datapoints of one answer (reference, B.2).
    private static let limit = MetricsLimits.dataDatapoints

    /// The results without the datapoints of the pages before.
    ///
    /// A result that ends on a later page is partial.
    private static func page(of results: [DataResult], passing passed: Int, limit: Int) -> Output {
        var (counted, room) = (0, limit)
        var page: [Result] = []
        var isComplete = true
        for result in results {
            let rest = result.points.dropFirst(max(0, passed - counted))
            counted += result.points.count
            // In full on an earlier page, which also took along the empty results that followed.
            if passed > 0, counted <= passed { continue }
            if room == 0, !rest.isEmpty {
                isComplete = false
                break
            }
            let shown = rest.prefix(room)
            room -= shown.count
            isComplete = shown.count == rest.count
            page.append(Self.result(result, Array(shown), isComplete: isComplete))
            if !isComplete { break }
        }
        return Output(MetricDataResults: page, NextToken: isComplete ? nil : "\(passed + limit)")
    }

    private static func result(_ result: DataResult, _ points: [MetricPoint], isComplete: Bool) -> Result {
        Result(
            Id: result.id, Label: result.label, Timestamps: points.map(\.instant), Values: points.map(\.value),
            StatusCode: isComplete ? "Complete" : "PartialData",
            Messages: result.messages.isEmpty ? nil : result.messages.map { Message(Code: $0.code, Value: $0.value) })
    }
}
