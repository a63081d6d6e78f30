extension Operations {
    static let cloudWatch = [
        OperationHandler(DeleteAlarms.self),
        OperationHandler(DescribeAlarmHistory.self),
        OperationHandler(DescribeAlarms.self),
        OperationHandler(DescribeAlarmsForMetric.self),
        OperationHandler(DisableAlarmActions.self),
        OperationHandler(EnableAlarmActions.self),
        OperationHandler(GetMetricData.self),
        OperationHandler(GetMetricStatistics.self),
        OperationHandler(ListMetrics.self),
        OperationHandler(PutMetricAlarm.self),
        OperationHandler(PutMetricData.self),
        OperationHandler(SetAlarmState.self),
    ]
}
