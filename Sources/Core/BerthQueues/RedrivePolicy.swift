import BerthKernel

/// Where a queue's messages go after too many receives.
struct RedrivePolicy: Equatable, Codable, Sendable {
    /// As the caller wrote it, which is how GetQueueAttributes returns it.
    let text: String
    let targetARN: String
    let maxReceiveCount: Int

    /// Reads the attribute's JSON.
    ///
    /// Whether the target exists is the caller's to check.
    init(_ text: String) throws(Refusal) {
        guard let json = JSONText(text), case .object = json else {
            throw .invalidAttribute("RedrivePolicy")
        }
        guard let target = json["deadLetterTargetArn"]?.stringValue else {
            throw .redrivePolicy(text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.")
        }
        guard let limit = json["maxReceiveCount"] else {
            throw .redrivePolicy(text, "Redrive policy does not contain mandatory attribute: maxReceiveCount.")
        }
        let spelling: String
        switch limit {
        case .number(let number): spelling = number
        case .string(let string): spelling = string
        default: spelling = limit.text
        }
        guard let count = Int(spelling), QueueLimits.maxReceiveCount.contains(count) else {
            let allowed = "valid values are from 1 to 1000 both inclusive."
            throw .redrivePolicy(text, "Invalid value for maxReceiveCount: \(spelling), \(allowed)")
        }
        self.text = text
        targetARN = target
        maxReceiveCount = count
    }

    /// The name of the target queue, which must be an SQS queue of this account and region.
    func targetName(in tenancy: Tenancy) throws(Refusal) -> String {
        guard let name = ResourceName(targetARN), name.service == "sqs" else {
            throw .redrivePolicy(text, "Only SQS queues are valid resources for deadLetterTargetArn")
        }
        guard name.region == tenancy.region else {
            throw .redrivePolicy(text, "Dead-letter target must be in same region as the source.")
        }
        guard name.account == tenancy.account else {
            throw .redrivePolicy(text, "Dead letter target does not exist.")
        }
        return name.resource
    }
}

/// Which queues may name this one as their dead-letter queue.
struct RedriveAllowPolicy: Equatable, Codable, Sendable {
    enum Permission: String, Codable, Sendable {
        case allowAll, denyAll, byQueue
    }

    /// As the caller wrote it.
    let text: String
    let permission: Permission
    let sourceARNs: [String]

    init(_ text: String) throws(Refusal) {
        guard let json = JSONText(text), let name = json["redrivePermission"]?.stringValue,
            let permission = Permission(rawValue: name)
        else { throw .redriveAllowPolicy(", as it's in an unsupported format.") }
        let listed = json["sourceQueueArns"]?.elements?.compactMap(\.stringValue)
        if permission == .byQueue {
            guard let listed, QueueLimits.redriveAllowSources.contains(listed.count) else {
                throw .redriveAllowPolicy(
                    ". When you specify the byQueue permission type, "
                        + "you must also specify between 1 and 10 source queue ARNs.")
            }
        } else if listed != nil {
            throw .redriveAllowPolicy(
                ". You can specify source queue ARNs only when the permission type is byQueue.")
        }
        self.text = text
        self.permission = permission
        sourceARNs = listed ?? []
    }

    func allows(_ sourceARN: String) -> Bool {
        switch permission {
        case .allowAll: true
        case .denyAll: false
        case .byQueue: sourceARNs.contains(sourceARN)
        }
    }
}
