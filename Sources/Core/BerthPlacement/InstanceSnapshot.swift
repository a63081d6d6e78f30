package import BerthKernel

/// What a placement can see of one container instance.
///
/// Pass every instance of the cluster (or provider) that is ACTIVE with a connected agent, full ones too:
/// spreading counts the tasks on instances that have no room left.
package struct InstanceSnapshot: Hashable, Codable, Sendable {
    package var id: ContainerInstanceID
    /// The EC2 instance underneath, for `ec2InstanceId` in queries.
    package var instance: InstanceID?
    package var instanceType: String
    package var zone: String
    /// What is registered less what the tasks on the instance reserve; ports are counted apart.
    package var remaining: RegisteredResources
    /// Static host ports of tasks and those the agent keeps for itself, in any order.
    package var usedTCPPorts: [Int]
    package var usedUDPPorts: [Int]
    package var attributes: [InstanceFacts.Attribute]
    /// Tasks of the service that places, or of the task group for RunTask: what `spread` evens out.
    package var tasksOfGroup: Int
    package var tasksTotal: Int
    /// Groups of the tasks on the instance (`service:web`, `family:job`), for `task:group` in queries.
    package var taskGroups: [String]
    package var registeredAt: Instant

    package init(
        id: ContainerInstanceID, instance: InstanceID? = nil, instanceType: String, zone: String,
        remaining: RegisteredResources, usedTCPPorts: [Int] = RegisteredResources.reservedTCPPorts,
        usedUDPPorts: [Int] = [], attributes: [InstanceFacts.Attribute] = [], tasksOfGroup: Int = 0,
        tasksTotal: Int = 0, taskGroups: [String] = [], registeredAt: Instant = .epoch
    ) {
        self.id = id
        self.instance = instance
        self.instanceType = instanceType
        self.zone = zone
        self.remaining = remaining
        self.usedTCPPorts = usedTCPPorts
        self.usedUDPPorts = usedUDPPorts
        self.attributes = attributes
        self.tasksOfGroup = tasksOfGroup
        self.tasksTotal = tasksTotal
        self.taskGroups = taskGroups
        self.registeredAt = registeredAt
    }

    /// Reserves what `needs` asks for, as ECS does the moment a task is placed.
    ///
    /// Placing several tasks in one pass means placing one, calling this, and placing the next.
    package mutating func reserve(_ needs: ResourceNeeds) {
        remaining.cpu -= needs.cpu
        remaining.memory -= needs.memory
        remaining.gpus -= needs.gpus
        remaining.networkInterfaces -= needs.networkInterfaces
        usedTCPPorts += needs.tcpPorts
        usedUDPPorts += needs.udpPorts
        tasksOfGroup += 1
        tasksTotal += 1
    }
}
