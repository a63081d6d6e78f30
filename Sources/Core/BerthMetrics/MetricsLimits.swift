import BerthKernel

/// CloudWatch's numbers, each with its source: reference, queue-metrics-scaling, section in brackets.
package enum MetricsLimits {
    /// Datums one PutMetricData may carry [B.1].
    package static let datumsPerCall = 1_000
    /// Distinct values of one datum [B.1].
    package static let valuesPerDatum = 150
    /// Dimensions of one series [B.1].
    package static let dimensions = 30
    /// Characters of namespaces, metric names and dimension names [B.1].
    package static let nameLength = 255
    /// Characters of a dimension's value [B.1].
    package static let dimensionValueLength = 1_024
    /// The largest magnitude of a value, 2^360 [B.1].
    package static let largestValue = 0x1p360
    /// How far back and ahead of now a datum's timestamp may lie [B.1].
    package static let oldestTimestamp = Duration.seconds(14 * 86_400)
    package static let newestTimestamp = Duration.seconds(2 * 3_600)
    /// How long one-minute data is kept [B.1].
    package static let retention = Duration.seconds(15 * 86_400)
    /// Distinct values kept per bucket for percentiles; our choice, the exact multiset up to here.
    static let distinctValues = 1_000

    /// Datapoints one GetMetricStatistics may ask for [B.2].
    package static let statisticsDatapoints = 1_440
    /// Queries and datapoints of one GetMetricData [B.2].
    package static let dataQueries = 500
    package static let dataDatapoints = 100_800
    /// What counts as recently active for ListMetrics [B.2].
    package static let recentlyActive = Duration.seconds(3 * 3_600)

    /// Characters of an alarm's name and description, and actions per state [B.4].
    package static let alarmNameLength = 255
    package static let alarmDescriptionLength = 1_024
    package static let actionsPerState = 5
    /// Series plus expressions of one alarm, by its error text [B.8].
    package static let queriesPerAlarm = 10
    /// The window an alarm may look at, by whether its period is below an hour [B.4].
    package static let shortWindow = 86_400
    package static let longWindow = 604_800
    /// How long alarm history is kept [B.7], and a bound of ours on its items.
    package static let historyRetention = Duration.seconds(14 * 86_400)
    package static let historyItems = 2_000
    /// From this many datapoints on, a reason lists only the five newest [B.7].
    static let datapointsListedInline = 4
    static let datapointsListedBehind = 5
}
