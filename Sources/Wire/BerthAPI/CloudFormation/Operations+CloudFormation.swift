extension Operations {
    static let cloudFormation = [
        OperationHandler(CreateStack.self),
        OperationHandler(DeleteStack.self),
        OperationHandler(DescribeStackEvents.self),
        OperationHandler(DescribeStackResource.self),
        OperationHandler(DescribeStackResources.self),
        OperationHandler(DescribeStacks.self),
        OperationHandler(GetTemplate.self),
        OperationHandler(GetTemplateSummary.self),
        OperationHandler(ListStackResources.self),
        OperationHandler(ListStacks.self),
        OperationHandler(ValidateTemplate.self),
    ]
}
