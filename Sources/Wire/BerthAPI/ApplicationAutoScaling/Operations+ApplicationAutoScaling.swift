extension Operations {
    static let applicationAutoScaling = [
        OperationHandler(DeleteScalingPolicy.self),
        OperationHandler(DeleteScheduledAction.self),
        OperationHandler(DeregisterScalableTarget.self),
        OperationHandler(DescribeScalableTargets.self),
        OperationHandler(DescribeScalingActivities.self),
        OperationHandler(DescribeScalingPolicies.self),
        OperationHandler(DescribeScheduledActions.self),
        OperationHandler(PutScalingPolicy.self),
        OperationHandler(PutScheduledAction.self),
        OperationHandler(RegisterScalableTarget.self),
    ]
}
