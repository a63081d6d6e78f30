extension Operations {
    static let autoScaling = [
        OperationHandler(DescribeAutoScalingGroups.self),
        OperationHandler(DescribeAutoScalingInstances.self),
        OperationHandler(DescribeGroupScalingActivities.self),
        OperationHandler(DescribeLifecycleHooks.self),
        OperationHandler(DescribePolicies.self),
        OperationHandler(SetDesiredCapacity.self),
        OperationHandler(SetInstanceProtection.self),
        OperationHandler(TerminateInstanceInAutoScalingGroup.self),
    ]
}
