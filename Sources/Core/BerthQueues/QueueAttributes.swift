import BerthKernel

/// The settable attributes of a standard queue, with AWS's defaults (reference A.2).
struct QueueAttributes: Equatable, Codable, Sendable {
    var delaySeconds = 0
    var maximumMessageSize = QueueLimits.maximumMessageSize.upperBound
    var retentionSeconds = 345_600
    var waitSeconds = 0
    var visibilitySeconds = 30
    var policy: String?
    var redrive: RedrivePolicy?
    var redriveAllow: RedriveAllowPolicy?
    var kmsMasterKeyID: String?
    var kmsDataKeyReuseSeconds: Int?
    /// True for every new queue since 2022, until a KMS key is set.
    var isManagedEncryptionEnabled = true

    /// Names that callers may set, in alphabetical order.
    static let settable = [
        "DelaySeconds", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "MaximumMessageSize",
        "MessageRetentionPeriod", "Policy", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy", "RedrivePolicy",
        "SqsManagedSseEnabled", "VisibilityTimeout",
    ]

    /// The attribute as GetQueueAttributes writes it; `nil` when it is not set or not one of ``settable``.
    subscript(name: String) -> String? {
        switch name {
        case "DelaySeconds": String(delaySeconds)
        case "KmsDataKeyReusePeriodSeconds": kmsDataKeyReuseSeconds.map(String.init)
        case "KmsMasterKeyId": kmsMasterKeyID
        case "MaximumMessageSize": String(maximumMessageSize)
        case "MessageRetentionPeriod": String(retentionSeconds)
        case "Policy": policy
        case "ReceiveMessageWaitTimeSeconds": String(waitSeconds)
        case "RedriveAllowPolicy": redriveAllow?.text
        case "RedrivePolicy": redrive?.text
        case "SqsManagedSseEnabled": isManagedEncryptionEnabled ? "true" : "false"
        case "VisibilityTimeout": String(visibilitySeconds)
        default: nil
        }
    }

    /// Sets one attribute from its text; an empty text removes a policy or key.
    mutating func set(_ name: String, to value: String) throws(Refusal) {
        switch name {
        case "DelaySeconds": delaySeconds = try number(value, in: QueueLimits.delaySeconds, name)
        case "MaximumMessageSize": maximumMessageSize = try number(value, in: QueueLimits.maximumMessageSize, name)
        case "MessageRetentionPeriod": retentionSeconds = try number(value, in: QueueLimits.retentionSeconds, name)
        case "ReceiveMessageWaitTimeSeconds": waitSeconds = try number(value, in: QueueLimits.waitSeconds, name)
        case "VisibilityTimeout": visibilitySeconds = try number(value, in: QueueLimits.visibilitySeconds, name)
        case "Policy": policy = try policyText(value)
        case "RedrivePolicy": redrive = value.isEmpty ? nil : try RedrivePolicy(value)
        case "RedriveAllowPolicy": redriveAllow = value.isEmpty ? nil : try RedriveAllowPolicy(value)
        case "KmsMasterKeyId": setKey(value)
        case "KmsDataKeyReusePeriodSeconds":
            kmsDataKeyReuseSeconds = try number(value, in: QueueLimits.dataKeyReuseSeconds, name)
        case "SqsManagedSseEnabled": isManagedEncryptionEnabled = try bool(value, name)
        default: throw Self.refusal(ofUnknown: name)
        }
    }

    /// FIFO attributes on a standard queue have texts of their own.
    private static func refusal(ofUnknown name: String) -> Refusal {
        switch name {
        case "DeduplicationScope", "FifoThroughputLimit": .fifoOnlyAttribute(name)
        default: .unknownAttribute(name)
        }
    }

    /// A key of one's own replaces SQS-managed encryption.
    private mutating func setKey(_ value: String) {
        kmsMasterKeyID = value.isEmpty ? nil : value
        if value.isEmpty {
            kmsDataKeyReuseSeconds = nil
        } else {
            isManagedEncryptionEnabled = false
            kmsDataKeyReuseSeconds = kmsDataKeyReuseSeconds ?? 300
        }
    }

    private func number(_ value: String, in range: ClosedRange<Int>, _ name: String) throws(Refusal) -> Int {
        guard let number = Int(value), range.contains(number) else { throw .invalidAttribute(name) }
        return number
    }

    private func bool(_ value: String, _ name: String) throws(Refusal) -> Bool {
        switch value.lowercased() {
        case "true": true
        case "false": false
        default: throw .invalidAttribute(name)
        }
    }

    private func policyText(_ value: String) throws(Refusal) -> String? {
        guard !value.isEmpty else { return nil }
        guard let json = JSONText(value), case .object = json else { throw .invalidAttribute("Policy") }
        return value
    }
}
