package import BerthKernel

/// One member of PutMetricData's list.
///
/// Exactly one of `value`, `values` and `statistics` is given.
package struct MetricDatum: Hashable, Codable, Sendable {
    /// Values summarized by the sender.
    package struct Summary: Hashable, Codable, Sendable {
        package var sampleCount: Double
        package var sum: Double
        package var minimum: Double
        package var maximum: Double

        package init(sampleCount: Double, sum: Double, minimum: Double, maximum: Double) {
            self.sampleCount = sampleCount
            self.sum = sum
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    package var name: String
    package var dimensions: [MetricIdentity.Dimension]
    /// Now unless given.
    package var timestamp: Instant?
    package var value: Double?
    package var values: [Double]
    /// How often each of `values` came; once each when empty.
    package var counts: [Double]
    package var summary: Summary?
    package var unit: String?

    package init(
        name: String, dimensions: [MetricIdentity.Dimension] = [], timestamp: Instant? = nil, value: Double? = nil,
        values: [Double] = [], counts: [Double] = [], summary: Summary? = nil, unit: String? = nil
    ) {
        self.name = name
        self.dimensions = dimensions
        self.timestamp = timestamp
        self.value = value
        self.values = values
        self.counts = counts
        self.summary = summary
        self.unit = unit
    }
}

extension Metrics {
    /// PutMetricData: all of the datums or, when one is wrong, none.
    ///
    /// Data is readable at once. `AWS/` namespaces are allowed, since a user of Berth may want to play a
    /// metric that nothing here publishes. High-resolution data is kept by the minute.
    package mutating func putData(
        namespace: String, _ datums: [MetricDatum], at now: Instant
    ) throws(Refusal) {
        try Self.check(namespace: namespace)
        guard !datums.isEmpty else {
            throw .missingParameter("The parameter MetricData is required.")
        }
        guard datums.count <= MetricsLimits.datumsPerCall else {
            throw .invalidValue(
                "The collection MetricData must not have a size greater than \(MetricsLimits.datumsPerCall).")
        }
        var samples: [MetricSample] = []
        for (index, datum) in datums.enumerated() {
            let path = "MetricData.member.\(index + 1)"
            try Self.check(datum, path: path)
            try check(timestampOf: datum, path: path, at: now)
            samples += datum.samples(namespace: namespace, at: now)
        }
        put(samples, at: now)
    }

    static func check(namespace: String) throws(Refusal) {
        guard namespace.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw .invalidAlarm("Namespace must not contain Non-ASCII characters.")
        }
        guard !namespace.isEmpty, namespace.count <= MetricsLimits.nameLength, !namespace.hasPrefix(":") else {
            throw .invalidValue("The value \(namespace) for parameter Namespace is invalid.")
        }
    }

    private static func check(_ datum: MetricDatum, path: String) throws(Refusal) {
        guard !datum.name.isEmpty else {
            throw .missingParameter("The parameter \(path).MetricName is required.")
        }
        guard datum.name.count <= MetricsLimits.nameLength else {
            throw .invalidValue("The value \(datum.name) for parameter \(path).MetricName is invalid.")
        }
        guard datum.dimensions.count <= MetricsLimits.dimensions else {
            throw .invalidValue(
                "The collection \(path).Dimensions must not have a size greater than \(MetricsLimits.dimensions).")
        }
        for (index, dimension) in datum.dimensions.enumerated() {
            let parts = [
                ("Name", dimension.name, MetricsLimits.nameLength),
                ("Value", dimension.value, MetricsLimits.dimensionValueLength),
            ]
            for (part, text, limit) in parts where text.isEmpty || text.count > limit {
                throw .invalidValue(
                    "The value \(text) for parameter \(path).Dimensions.member.\(index + 1).\(part) is invalid.")
            }
        }
        try check(valuesOf: datum, path: path)
    }

    private static func check(valuesOf datum: MetricDatum, path: String) throws(Refusal) {
        let given = [
            ("Value", datum.value != nil), ("Values", !datum.values.isEmpty), ("StatisticValues", datum.summary != nil),
        ].filter(\.1).map(\.0)
        if given.count > 1 {
            throw .invalidCombination(
                "The parameters \(path).\(given[0]) and \(path).\(given[1]) are mutually exclusive and you have "
                    + "specified both.")
        }
        guard !given.isEmpty else {
            throw .missingParameter("At least one of the parameters must be specified.")
        }
        guard datum.counts.isEmpty || datum.counts.count == datum.values.count else {
            throw .invalidValue("The parameters \(path).Values and \(path).Counts must be of the same size.")
        }
        guard datum.values.count <= MetricsLimits.valuesPerDatum else {
            throw .invalidValue(
                "The collection \(path).Values must not have a size greater than \(MetricsLimits.valuesPerDatum).")
        }
        let summary = datum.summary.map { [$0.sampleCount, $0.sum, $0.minimum, $0.maximum] } ?? []
        for number in (datum.value.map { [$0] } ?? []) + datum.values + datum.counts + summary
        where !(number.magnitude <= MetricsLimits.largestValue) {
            throw .invalidValue("The value \(number.asCallerWroteIt) for parameter \(path).\(given[0]) is invalid.")
        }
    }

    private func check(timestampOf datum: MetricDatum, path: String, at now: Instant) throws(Refusal) {
        guard let timestamp = datum.timestamp else { return }
        let range = (now - MetricsLimits.oldestTimestamp)...(now + MetricsLimits.newestTimestamp)
        guard range.contains(timestamp) else {
            throw .invalidValue(
                "The parameter \(path).Timestamp must specify a time no more than two weeks in the past and no "
                    + "more than two hours in the future.")
        }
    }
}

extension MetricDatum {
    fileprivate func samples(namespace: String, at now: Instant) -> [MetricSample] {
        let identity = MetricIdentity(namespace: namespace, name: name, dimensions: dimensions)
        let instant = timestamp ?? now
        if let value {
            return [MetricSample(identity, unit: unit, value: value, at: instant, availableAt: now)]
        }
        if let summary {
            return [
                MetricSample(
                    identity, unit: unit, count: summary.sampleCount, sum: summary.sum, minimum: summary.minimum,
                    maximum: summary.maximum, at: instant, availableAt: now)
            ]
        }
        return values.enumerated().map { index, value in
            let count = counts.isEmpty ? 1 : counts[index]
            return MetricSample(
                identity, unit: unit, count: count, sum: value * count, minimum: value, maximum: value, at: instant,
                availableAt: now)
        }
    }
}

extension Double {
    /// As it stands in the request: `NaN` and `Infinity` where Swift writes `nan` and `inf`.
    fileprivate var asCallerWroteIt: String {
        isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : asJavaText
    }
}
