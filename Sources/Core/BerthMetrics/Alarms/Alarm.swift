package import BerthKernel

/// What an alarm says of its metric.
package enum AlarmState: String, Hashable, Codable, Sendable, CaseIterable {
    case ok = "OK"
    case alarm = "ALARM"
    case insufficientData = "INSUFFICIENT_DATA"
}

/// A metric alarm and what it found last.
package struct Alarm: Hashable, Codable, Sendable {
    package internal(set) var definition: AlarmDefinition
    package let arn: String
    package internal(set) var state: AlarmState
    package internal(set) var stateReason: String
    /// JSON, as AWS documents it; absent until the first evaluation or SetAlarmState with data.
    package internal(set) var stateReasonData: String?
    /// The last time the state was written, changed or not.
    package internal(set) var stateUpdated: Instant
    /// The last time the state became another one.
    package internal(set) var transitioned: Instant
    package internal(set) var configurationUpdated: Instant

    /// The actions of the state the alarm is in.
    package var actionsOfState: [String] {
        switch state {
        case .ok: definition.okActions
        case .alarm: definition.alarmActions
        case .insufficientData: definition.insufficientDataActions
        }
    }
}

extension AlarmDefinition {
    /// M of "M out of N": N unless given.
    var datapointsNeeded: Int { datapointsToAlarm ?? evaluationPeriods }

    var periodSeconds: Int { Int(period.microseconds / 1_000_000) }

    /// The plain series the alarm watches, or `nil` for metric math.
    var plainSource: (identity: MetricIdentity, statistic: String, unit: String?)? {
        guard queries.count == 1, case .metric(let identity, let statistic, _, let unit) = queries[0].source else {
            return nil
        }
        return (identity, statistic, unit)
    }

    /// How gaps are read.
    ///
    /// Alarms on DynamoDB's metrics ignore them whatever they say (B.6).
    var effectiveMissingData: MissingData {
        plainSource?.identity.namespace == "AWS/DynamoDB" ? .ignore : missingData ?? .missing
    }
}

extension String {
    /// Whether an alarm action of this ARN scales something, and therefore repeats.
    var isScalingAction: Bool { ResourceName(self)?.service == "autoscaling" }
}
