/// The numbers AWS fixes for SQS, each with where it comes from.
///
/// Ranges of queue attributes: SQS API Reference, *CreateQueue*; the message size limit as raised in August 2025.
package enum QueueLimits {
    package static let nameLength = 1...80
    package static let delaySeconds = 0...900
    package static let maximumMessageSize = 1_024...1_048_576
    package static let retentionSeconds = 60...1_209_600
    package static let waitSeconds = 0...20
    package static let visibilitySeconds = 0...43_200
    package static let maxReceiveCount = 1...1_000
    package static let dataKeyReuseSeconds = 60...86_400

    /// Entries of a batch call and messages of one receive.
    package static let batchEntries = 10
    /// Bytes of all messages of a batch together, whatever the queue's own limit is.
    package static let batchSize = 1_048_576
    package static let batchIDLength = 1...80

    package static let attributesPerMessage = 10
    package static let attributeNameLength = 1...256
    package static let attributeTypeLength = 1...256
    package static let groupIDLength = 1...128

    /// Messages of a standard queue that may be in flight at once.
    package static let inFlight = 120_000
    package static let tagsPerQueue = 50
    package static let actionsPerPermission = 7
    package static let redriveAllowSources = 1...10
    /// Messages a move task may move in a second.
    package static let moveRate = 1...500
    /// Finished move tasks that ListMessageMoveTasks can still show, and the most it shows at once.
    package static let listedMoveTasks = 10
}
