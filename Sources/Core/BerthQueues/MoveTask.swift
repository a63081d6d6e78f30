package import BerthKernel

/// A StartMessageMoveTask at work: messages of a dead-letter queue on their way back.
package struct MoveTask: Hashable, Codable, Sendable {
    package enum Status: String, Codable, Sendable {
        case running = "RUNNING"
        case completed = "COMPLETED"
        case cancelled = "CANCELLED"
        case failed = "FAILED"
    }

    package let id: UniqueID
    package let sourceARN: String
    /// `nil`: every message returns to the queue it came from.
    package let destinationARN: String?
    package let messagesPerSecond: Int?
    package let startedAt: Instant
    /// Visible messages of the source when the task began.
    package let messagesToMove: Int
    package internal(set) var messagesMoved = 0
    package internal(set) var status = Status.running
    package internal(set) var failureReason: String?

    /// Microseconds since the epoch; `Int64.max` once the task has ended.
    var nextMoveAt: Int64

    /// What CancelMessageMoveTask wants to see; `nil` once the task has ended, as AWS shows it.
    package var handle: String? {
        status == .running ? Self.handle(id: id, sourceARN: sourceARN) : nil
    }

    static func handle(id: UniqueID, sourceARN: String) -> String {
        Base64Text.encode(Array("{\"taskId\":\"\(id.uuid)\",\"sourceArn\":\"\(sourceARN)\"}".utf8))
    }

    /// What a handle says, or `nil` when it is none.
    static func parse(handle: String) -> (id: UniqueID, sourceARN: String)? {
        guard let bytes = Base64Text.decode(handle), let text = String(validating: bytes, as: UTF8.self),
            let json = JSONText(text), let id = json["taskId"]?.stringValue.flatMap({ UniqueID($0) }),
            let source = json["sourceArn"]?.stringValue
        else { return nil }
        return (id, source)
    }

    /// Microseconds between two steps: with a rate, each moves a second's worth; without, a tenth of all.
    var step: Int64 { messagesPerSecond == nil ? 100_000 : 1_000_000 }

    var messagesPerStep: Int { messagesPerSecond ?? max(1, (messagesToMove + 9) / 10) }
}
