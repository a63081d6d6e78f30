import BerthECS
import BerthKernel
import OrderedCollections

struct ContainerInstanceShape: Encodable, Sendable {
    struct Resource: Encodable, Sendable {
        let name: String
        let type: String
        let doubleValue: Double = 0
        let longValue: Int = 0
        let integerValue: Int
        let stringSetValue: [String]?

        static func number(_ name: String, _ value: Int) -> Resource {
            Resource(name: name, type: "INTEGER", integerValue: value, stringSetValue: nil)
        }

        static func set(_ name: String, _ values: [String]) -> Resource {
            Resource(name: name, type: "STRINGSET", integerValue: 0, stringSetValue: values)
        }
    }

    struct AttributeShape: Encodable, Sendable {
        let name: String
        let value: String?
    }

    let containerInstanceArn: String
    let ec2InstanceId: String
    let capacityProviderName: String?
    let version: Int
    let versionInfo = ["agentVersion": "1.99.0", "dockerVersion": "DockerVersion: 25.0.8"]
    let remainingResources: [Resource]
    let registeredResources: [Resource]
    let status: String
    let agentConnected = true
    let runningTasksCount: Int
    let pendingTasksCount: Int
    let attributes: [AttributeShape]
    let registeredAt: Instant
    let attachments: [String] = []
    let tags: [TagShape] = []

    init(_ instance: ContainerInstance, in ecs: ECS) {
        let tasks = instance.tasks.compactMap { ecs.tasks[$0]?.lastStatus }
        let registered = instance.facts.resources
        containerInstanceArn = instance.arn
        ec2InstanceId = instance.instance.description
        capacityProviderName = instance.facts.capacityProvider
        version = instance.version
        status = instance.status.rawValue
        runningTasksCount = tasks.count { $0 == .running }
        pendingTasksCount = tasks.count { $0 == .pending }
        attributes = instance.facts.attributes.map { AttributeShape(name: $0.name, value: $0.value) }
        registeredAt = instance.registeredAt
        registeredResources = Self.resources(
            registered, tcp: RegisteredResources.reservedTCPPorts, udp: [], gpus: registered.gpus)
        let ledger = instance.scheduled
        remainingResources = Self.resources(
            ledger.remaining, tcp: ledger.usedTCPPorts, udp: ledger.usedUDPPorts, gpus: ledger.remaining.gpus)
    }

    private static func resources(
        _ amounts: RegisteredResources, tcp: [Int], udp: [Int], gpus: Int
    ) -> [Resource] {
        var resources: [Resource] = [
            .number("CPU", amounts.cpu), .number("MEMORY", amounts.memory), .set("PORTS", tcp.map { "\($0)" }),
            .set("PORTS_UDP", udp.map { "\($0)" }),
        ]
        if gpus > 0 { resources.append(.set("GPU", (0..<gpus).map { "GPU-\($0)" })) }
        return resources
    }
}
