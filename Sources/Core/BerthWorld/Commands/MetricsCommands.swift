package import BerthKernel
package import BerthMetrics

/// Takes in metric data: all of it or, when one datum is wrong, none.
package struct PutMetricDataCommand: Command {
    package static let name = "cloudwatch.PutMetricData"

    package let namespace: String
    package let datums: [MetricDatum]

    package init(namespace: String, datums: [MetricDatum]) {
        self.namespace = namespace
        self.datums = datums
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.metrics.putData(namespace: namespace, datums, at: now)
    }
}

/// Creates an alarm or replaces its whole definition.
package struct PutMetricAlarmCommand: Command {
    package static let name = "cloudwatch.PutMetricAlarm"

    package let definition: AlarmDefinition

    package init(definition: AlarmDefinition) {
        self.definition = definition
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.metrics.putAlarm(definition, at: now)
    }
}

/// Deletes alarms.
///
/// Names that no alarm has are passed over.
package struct DeleteAlarmsCommand: Command {
    package static let name = "cloudwatch.DeleteAlarms"

    package let alarms: [String]

    package init(alarms: [String]) {
        self.alarms = alarms
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        world.metrics.deleteAlarms(alarms, at: now)
    }
}

/// Puts an alarm into a state by hand and runs the actions of that state.
package struct SetAlarmStateCommand: Command {
    package static let name = "cloudwatch.SetAlarmState"

    package let alarm: String
    package let state: AlarmState
    package let reason: String
    /// JSON; its `recentDatapoints` are what a step policy computes with.
    package let reasonData: String?

    package init(alarm: String, state: AlarmState, reason: String, reasonData: String?) {
        self.alarm = alarm
        self.state = state
        self.reason = reason
        self.reasonData = reasonData
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        try world.metrics.setAlarmState(
            name: alarm, state: state, reason: reason, reasonData: reasonData, at: now)
    }
}

/// Lets alarms run their actions, or keeps them from it.
package struct SetAlarmActionsCommand: Command {
    package static let name = "cloudwatch.SetAlarmActions"

    package let alarms: [String]
    package let isEnabled: Bool

    package init(alarms: [String], isEnabled: Bool) {
        self.alarms = alarms
        self.isEnabled = isEnabled
    }

    package func perform(in world: inout World, at now: Instant) throws(Refusal) {
        world.metrics.setActions(enabled: isEnabled, names: alarms, at: now)
    }
}
