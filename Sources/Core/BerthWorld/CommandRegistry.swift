/// The commands a journal may contain, by name.
package struct CommandRegistry: Sendable {
    /// A command of a type known only at run time.
    package typealias AnyCommand = any Command

    private let types: [String: any Command.Type]

    package init(_ types: [any Command.Type]) {
        var byName: [String: any Command.Type] = [:]
        for type in types {
            precondition(byName.updateValue(type, forKey: type.name) == nil, "two commands are named \(type.name)")
        }
        self.types = byName
    }

    /// The type stored under `name`, or `nil` when this version knows no such command.
    package func type(named name: String) -> (any Command.Type)? {
        types[name]
    }

    /// Every command of this version.
    package static let all = CommandRegistry(
        queueCommands + ecsCommands + capacityCommands + metricCommands + scalingCommands + stackCommands + ownCommands)

    private static let queueCommands: [any Command.Type] = [
        AddPermissionCommand.self, CancelMessageMoveTaskCommand.self, CancelReceives.self, ChangeVisibilities.self,
        CreateQueueCommand.self, DeleteMessages.self, DeleteQueueCommand.self, PurgeQueueCommand.self,
        ReceiveMessages.self, RemovePermissionCommand.self, SendMessages.self, SetQueueAttributesCommand.self,
        StartMessageMoveTaskCommand.self, TagQueueCommand.self,
    ]

    private static let ecsCommands: [any Command.Type] = [
        CreateClusterCommand.self, CreateServiceCommand.self, DeleteClusterCommand.self, DeleteServiceCommand.self,
        DeregisterTaskDefinitionCommand.self, PutClusterCapacityProvidersCommand.self,
        RegisterTaskDefinitionCommand.self, RunTaskCommand.self, StopTaskCommand.self,
        UpdateContainerInstancesStateCommand.self, UpdateServiceCommand.self, UpdateTaskProtectionCommand.self,
    ]

    private static let capacityCommands: [any Command.Type] = [
        CreateCapacityProviderCommand.self, DeleteCapacityProviderCommand.self, SetDesiredCapacityCommand.self,
        SetInstanceProtectionCommand.self, TerminateInstanceCommand.self, UpdateCapacityProviderCommand.self,
    ]

    private static let metricCommands: [any Command.Type] = [
        DeleteAlarmsCommand.self, PutMetricAlarmCommand.self, PutMetricDataCommand.self, SetAlarmActionsCommand.self,
        SetAlarmStateCommand.self,
    ]

    private static let scalingCommands: [any Command.Type] = [
        DeleteScalingPolicyCommand.self, DeleteScheduledActionCommand.self, DeregisterScalableTargetCommand.self,
        PutScalingPolicyCommand.self, PutScheduledActionCommand.self, RegisterScalableTargetCommand.self,
    ]

    private static let stackCommands: [any Command.Type] = [CreateStackCommand.self, DeleteStackCommand.self]

    private static let ownCommands: [any Command.Type] = [ReportTask.self, SetEndpoint.self]
}
