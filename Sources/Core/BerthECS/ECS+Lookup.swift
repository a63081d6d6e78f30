package import BerthKernel
import OrderedCollections

/// Finding things by the names and ARNs callers use.
extension ECS {
    /// The cluster a call names: by name, by ARN, or `default` when it names none.
    package func cluster(_ identifier: String?) throws(Refusal) -> Cluster {
        let name = clusterName(identifier)
        guard let cluster = clusters[name] else { throw .clusterNotFound() }
        return cluster
    }

    /// The same, and it must not have been deleted.
    package func activeCluster(_ identifier: String?) throws(Refusal) -> Cluster {
        let cluster = try cluster(identifier)
        guard cluster.status == .active else { throw .clusterNotFound() }
        return cluster
    }

    /// How many things the cluster holds.
    package func counts(of cluster: String) -> ClusterCounts {
        var counts = ClusterCounts()
        counts.registeredContainerInstances = instances.values.count { $0.facts.cluster == cluster }
        counts.activeServices = services.values.count { $0.cluster == cluster && $0.status == .active }
        for task in tasks.values where task.cluster == cluster {
            switch task.lastStatus {
            case .provisioning, .pending: counts.pendingTasks += 1
            case .running: counts.runningTasks += 1
            case .stopping, .stopped: break
            }
        }
        return counts
    }

    /// Services of the cluster that ListServices shows: those that are not deleted.
    package func services(in cluster: String) -> [ECSService] {
        services.values.filter { $0.cluster == cluster && $0.status == .active }
    }

    /// Tasks of the cluster, oldest first, stopped ones of the last hour included.
    package func tasks(in cluster: String) -> [ECSTask] {
        tasks.values.filter { $0.cluster == cluster }
    }

    /// Container instances registered with the cluster, in the order in which they registered.
    package func containerInstances(in cluster: String) -> [ContainerInstance] {
        instances.values.filter { $0.facts.cluster == cluster }
    }

    /// The service by name or ARN, deleted ones included; `nil` is AWS's MISSING.
    package func service(_ identifier: String, cluster: String?) throws(Refusal) -> ECSService? {
        let cluster = try self.cluster(cluster)
        let name = try lastPart(of: identifier, kind: "service", in: cluster.name)
        return services[ServiceKey(cluster: cluster.name, service: name)]
    }

    /// The task by id or ARN; `nil` is AWS's MISSING.
    package func task(_ identifier: String, cluster: String?) throws(Refusal) -> ECSTask? {
        let cluster = try self.cluster(cluster)
        let text = try lastPart(of: identifier, kind: "task", in: cluster.name)
        guard let id = TaskID(text), let task = tasks[id], task.cluster == cluster.name else { return nil }
        return task
    }

    /// The container instance by id or ARN; `nil` is AWS's MISSING.
    package func containerInstance(_ identifier: String, cluster: String?) throws(Refusal) -> ContainerInstance? {
        let cluster = try self.cluster(cluster)
        let text = try lastPart(of: identifier, kind: "container-instance", in: cluster.name)
        guard let id = ContainerInstanceID(text), let instance = instances[id],
            instance.facts.cluster == cluster.name
        else { return nil }
        return instance
    }

    /// The container instance that runs on an EC2 instance, while it is registered.
    package func containerInstance(on instance: InstanceID) -> ContainerInstance? {
        instanceIndex[instance].flatMap { instances[$0] }
    }

    /// The name in `identifier`, which may be an ARN, without looking whether such a cluster exists.
    func clusterName(_ identifier: String?) -> String {
        guard let identifier, !identifier.isEmpty else { return "default" }
        guard let arn = ResourceName(identifier), arn.resource.hasPrefix("cluster/") else { return identifier }
        return String(arn.resource.dropFirst("cluster/".count))
    }

    /// The name in a plain identifier or in `kind/CLUSTER/NAME`, whose cluster must be the call's.
    private func lastPart(of identifier: String, kind: String, in cluster: String) throws(Refusal) -> String {
        guard let arn = ResourceName(identifier) else { return identifier }
        let parts = arn.resource.split(separator: "/")
        guard parts.first.map(String.init) == kind, let name = parts.last else { return identifier }
        if parts.count == 3, parts[1] != cluster {
            throw .identifierOfOtherCluster(String(parts[1]), own: cluster)
        }
        return String(name)
    }

    /// A provider's plain name; strategies may name it by ARN.
    func providerName(_ identifier: String) -> String {
        guard let arn = ResourceName(identifier), arn.resource.hasPrefix("capacity-provider/") else {
            return identifier
        }
        return String(arn.resource.dropFirst("capacity-provider/".count))
    }
}

extension String {
    /// Whether clusters, services and families may be called so: 1 to 255 of `[A-Za-z0-9_-]`.
    var isValidName: Bool {
        (1...255).contains(utf8.count)
            && utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
