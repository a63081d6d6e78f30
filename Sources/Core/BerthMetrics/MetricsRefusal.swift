import BerthKernel

/// CloudWatch's refusals. Texts are AWS's where reference B.1, B.2, B.7 and B.8 have them.
extension Refusal {
    // Alarms (B.8). These have no error shape; the query protocol calls them ValidationError.
    static func invalidAlarm(_ message: String) -> Refusal {
        Refusal(code: "ValidationError", message: message)
    }

    static func constraint(_ value: String, at member: String, _ rule: String) -> Refusal {
        invalidAlarm(
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
                + "Member must \(rule)")
    }

    static func alarmDoesNotExist() -> Refusal {
        Refusal(code: "ResourceNotFound", message: "")
    }

    // Data (B.1, B.2).
    static func invalidValue(_ message: String) -> Refusal {
        Refusal(code: "InvalidParameterValueException", message: message)
    }

    static func invalidCombination(_ message: String) -> Refusal {
        Refusal(code: "InvalidParameterCombinationException", message: message)
    }

    static func missingParameter(_ message: String) -> Refusal {
        Refusal(code: "MissingRequiredParameterException", message: message)
    }

    static func tooManyDatapoints(_ requested: Int) -> Refusal {
        invalidCombination(
            "You have requested up to \(requested) datapoints, which exceeds the limit of "
                + "\(MetricsLimits.statisticsDatapoints). You may reduce the datapoints requested by increasing "
                + "Period, or decreasing the time range.")
    }

    static func badPeriod(_ seconds: Int) -> Refusal {
        invalidValue("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is \(seconds).")
    }

    static func emptyTimeRange() -> Refusal {
        invalidValue("The parameter StartTime must be less than the parameter EndTime.")
    }

    static func expressionError(_ id: String, _ explanation: String) -> Refusal {
        Refusal(code: "ValidationError", message: "Error in expression '\(id)': \(explanation)")
    }
}
