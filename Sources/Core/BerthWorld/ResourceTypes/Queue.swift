import BerthKernel
import BerthQueues
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::SQS::Queue*. `Ref` gives the queue's URL.
    static let queue = ResourceType(
        "AWS::SQS::Queue",
        properties: [
            "QueueName": .modelled, "DelaySeconds": .modelled, "MaximumMessageSize": .modelled,
            "MessageRetentionPeriod": .modelled, "ReceiveMessageWaitTimeSeconds": .modelled,
            "VisibilityTimeout": .modelled, "RedrivePolicy": .modelled, "RedriveAllowPolicy": .modelled,
            "KmsMasterKeyId": .recorded, "KmsDataKeyReusePeriodSeconds": .recorded, "SqsManagedSseEnabled": .recorded,
            "Tags": .recorded, "FifoQueue": .notSupported, "ContentBasedDeduplication": .notSupported,
            "DeduplicationScope": .notSupported, "FifoThroughputLimit": .notSupported,
        ],
        attributes: ["Arn", "QueueName", "QueueUrl"],
        create: { action, world throws(Refusal) in
            let name = try action.properties.string("QueueName") ?? action.defaultName(limit: 80)
            if world.queues.exists(name) { throw action.alreadyExists("QueueName", name) }
            try world.queues.create(
                name: name, attributes: try queueAttributes(action.properties), tags: try action.allTags(),
                at: world.now)
            let url = "\(world.endpoint)/\(world.configuration.tenancy.account)/\(name)"
            let arn = world.configuration.tenancy.arn("sqs", name)
            return .complete(
                physicalID: url,
                attributes: ["Arn": .string(arn), "QueueName": .string(name), "QueueUrl": .string(url)])
        },
        delete: { url, _, world throws(Refusal) in
            let name = String(url.split(separator: "/").last ?? "")
            if world.queues.list().contains(name) { try world.queues.delete(name, at: world.now) }
            return .done
        })

    private static func queueAttributes(
        _ properties: ResourceProperties
    ) throws(Refusal) -> OrderedDictionary<String, String> {
        var attributes: OrderedDictionary<String, String> = [:]
        for name in properties.names where name != "QueueName" && name != "Tags" {
            switch properties.value(name) {
            case .map?: attributes[name] = properties.value(name)?.jsonText
            default: attributes[name] = try properties.string(name)
            }
        }
        return attributes
    }
}

extension ResourceAction {
    /// The template's tags, and those CloudFormation adds to everything it makes.
    func allTags() throws(Refusal) -> [Tag] {
        var all: [Tag] = []
        for entry in try properties.maps("Tags") ?? [] {
            let key = try entry.required("Key", try entry.string("Key"))
            all.append(Tag(key: key, value: try entry.string("Value") ?? ""))
        }
        for tag in tags where !all.contains(where: { $0.key == tag.key }) { all.append(tag) }
        return all
    }
}
