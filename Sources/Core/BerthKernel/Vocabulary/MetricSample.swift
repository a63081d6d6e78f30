/// Which CloudWatch series a datapoint belongs to.
///
/// Dimensions are kept sorted by name.
public struct MetricIdentity: Hashable, Codable, Sendable {
    public struct Dimension: Hashable, Codable, Sendable, Comparable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.name, left.value) < (right.name, right.value)
        }
    }

    public let namespace: String
    public let name: String
    public let dimensions: [Dimension]

    public init(namespace: String, name: String, dimensions: [Dimension]) {
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions.sorted()
    }
}

/// One contribution to a series: what a machine publishes, as PutMetricData would carry it.
public struct MetricSample: Hashable, Codable, Sendable {
    public let identity: MetricIdentity
    public let unit: String?
    /// The moment measured; it falls into the bucket of its (paced) minute.
    public let instant: Instant
    /// When readers and alarms can first see it.
    ///
    /// Real metrics lag the minute they describe.
    public let availableAt: Instant
    public let count: Double
    public let sum: Double
    public let minimum: Double
    public let maximum: Double

    public init(
        _ identity: MetricIdentity, unit: String?, value: Double, at instant: Instant, availableAt: Instant? = nil
    ) {
        self.init(
            identity, unit: unit, count: 1, sum: value, minimum: value, maximum: value, at: instant,
            availableAt: availableAt)
    }

    public init(
        _ identity: MetricIdentity, unit: String?, count: Double, sum: Double, minimum: Double, maximum: Double,
        at instant: Instant, availableAt: Instant? = nil
    ) {
        self.identity = identity
        self.unit = unit
        self.instant = instant
        self.availableAt = availableAt ?? instant
        self.count = count
        self.sum = sum
        self.minimum = minimum
        self.maximum = maximum
    }
}
