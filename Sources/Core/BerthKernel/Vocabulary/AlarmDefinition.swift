/// A CloudWatch metric alarm as PutMetricAlarm defines it.
///
/// In the kernel because three machines speak of alarms and none may import another: metrics evaluates
/// them, scaling and capacity ask for the ones that target tracking needs.
public struct AlarmDefinition: Hashable, Codable, Sendable {
    public enum Comparison: String, Codable, Sendable, CaseIterable {
        case greaterThanOrEqualToThreshold = "GreaterThanOrEqualToThreshold"
        case greaterThanThreshold = "GreaterThanThreshold"
        case lessThanThreshold = "LessThanThreshold"
        case lessThanOrEqualToThreshold = "LessThanOrEqualToThreshold"

        /// Whether the alarm watches for values above its threshold; decides how a step policy reads d = 0.
        public var isUpward: Bool {
            self == .greaterThanThreshold || self == .greaterThanOrEqualToThreshold
        }

        /// Whether `value` breaches `threshold`, read as AWS writes it: the value stands on the left.
        public func holds(_ value: Double, _ threshold: Double) -> Bool {
            switch self {
            case .greaterThanOrEqualToThreshold: value >= threshold
            case .greaterThanThreshold: value > threshold
            case .lessThanThreshold: value < threshold
            case .lessThanOrEqualToThreshold: value <= threshold
            }
        }
    }

    public enum MissingData: String, Codable, Sendable, CaseIterable {
        case missing, ignore, breaching, notBreaching
    }

    /// A metric of the alarm's query list: a series with its statistic, or an expression over other ids.
    public struct Query: Hashable, Codable, Sendable {
        public enum Source: Hashable, Codable, Sendable {
            case metric(MetricIdentity, statistic: String, period: Duration, unit: String?)
            case expression(String)
        }

        public let id: String
        public let source: Source
        public let label: String?
        public let returnsData: Bool

        public init(id: String, source: Source, label: String? = nil, returnsData: Bool = true) {
            self.id = id
            self.source = source
            self.label = label
            self.returnsData = returnsData
        }
    }

    public var name: String
    public var summary: String?
    public var actionsEnabled = true
    public var alarmActions: [String] = []
    public var okActions: [String] = []
    public var insufficientDataActions: [String] = []
    /// One plain series (id empty) or the members of `Metrics`.
    public var queries: [Query]
    /// AWS's period, not paced: metrics asks the pace when it evaluates.
    public var period: Duration
    public var evaluationPeriods: Int
    public var datapointsToAlarm: Int?
    public var threshold: Double
    public var comparison: Comparison
    public var missingData: MissingData?
    public var tags: [Tag] = []

    /// An alarm on one plain series.
    public init(
        name: String, metric: MetricIdentity, statistic: String, period: Duration, evaluationPeriods: Int,
        threshold: Double, comparison: Comparison, unit: String? = nil
    ) {
        self.name = name
        queries = [Query(id: "", source: .metric(metric, statistic: statistic, period: period, unit: unit))]
        self.period = period
        self.evaluationPeriods = evaluationPeriods
        self.threshold = threshold
        self.comparison = comparison
    }

    /// An alarm on metric math.
    public init(
        name: String, queries: [Query], period: Duration, evaluationPeriods: Int, threshold: Double,
        comparison: Comparison
    ) {
        self.name = name
        self.queries = queries
        self.period = period
        self.evaluationPeriods = evaluationPeriods
        self.threshold = threshold
        self.comparison = comparison
    }
}

/// A tag of any AWS resource.
public struct Tag: Hashable, Codable, Sendable {
    public let key: String
    public let value: String

    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}

/// What an alarm tells a scaling policy when it invokes it.
public struct AlarmTrigger: Hashable, Codable, Sendable {
    public let alarmName: String
    public let state: String
    public let threshold: Double
    public let comparison: AlarmDefinition.Comparison
    /// The real datapoints the alarm used, oldest first: `recentDatapoints` of its reason data.
    public let recentDatapoints: [Double]

    public init(
        alarmName: String, state: String, threshold: Double, comparison: AlarmDefinition.Comparison,
        recentDatapoints: [Double]
    ) {
        self.alarmName = alarmName
        self.state = state
        self.threshold = threshold
        self.comparison = comparison
        self.recentDatapoints = recentDatapoints
    }
}
